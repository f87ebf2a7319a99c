import { nearestName } from "../../suggest-name.ts";

/** The time zone that was most likely meant: of that city, or of nearly that name; undefined where none is near. */
export function nearestTimeZone(name: string): string | undefined {
  const zones = Intl.supportedValuesOf("timeZone");
  const city = cityOf(name);
  return zones.find((zone) => cityOf(zone) === city) ?? nearestName(name, zones);
}

function cityOf(zone: string): string {
  return (zone.split("/").at(-1) ?? zone).toLowerCase();
}
