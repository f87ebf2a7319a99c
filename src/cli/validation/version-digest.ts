import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";

/** The rooms whose code decides what the validation says, from where the compiled code or the sources stand. */
const rooms = ["cli", "streams", "tekton", "yaml"];

/**
 * sha256 of what the validation is made of: its code, the schemas, the package with its pinned dependencies, and Node,
 * which brings the time zones. Whatever another version remembered is unknown to this one.
 */
export function versionDigest(): string {
  const code = fileURLToPath(new URL("../../", import.meta.url));
  const packageRoot = join(code, "..");
  const digest = createHash("sha256");
  const { node, v8, icu, tz } = process.versions;
  digest.update(JSON.stringify([node, v8, icu, tz, process.env["TZ"]]));
  const paths = [
    join(packageRoot, "package.json"),
    ...filesBelow(join(packageRoot, "schemas")),
    ...rooms.flatMap((room) => filesBelow(join(code, room))),
  ];
  for (const path of paths) digest.update(`\0${path}\0`).update(readFileSync(path));
  return digest.digest("hex");
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesBelow(path);
      return entry.name.endsWith(".map") ? [] : [path];
    })
    .sort();
}
