import parseDuration from "parse-duration";

/** The soak of a channel, such as `24h`, `30m` or `1d12h`, in milliseconds; undefined where it is no such duration. */
export function parseSoak(text: string): number | undefined {
  // The library skips what it does not know: `1 fortnight` would be no soak at all.
  if (!/^(?:\d{1,6}(?:d|h|m|s))+$/.test(text)) return undefined;
  return parseDuration(text) ?? undefined;
}
