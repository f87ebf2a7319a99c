import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../package-root.ts";

/** The version of this package, as package.json has it. */
export function readVersion(): string {
  const text = readFileSync(join(packageRoot, "package.json"), "utf8");
  const found: unknown = JSON.parse(text);
  const version =
    typeof found === "object" && found !== null && "version" in found ? found.version : undefined;
  return typeof version === "string" ? version : "0.0.0";
}
