import { readFileSync } from "node:fs";

/** The version of this package, as package.json has it. */
export function readVersion(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  const found: unknown = JSON.parse(text);
  const version =
    typeof found === "object" && found !== null && "version" in found ? found.version : undefined;
  return typeof version === "string" ? version : "0.0.0";
}
