import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { codeRoot, packageRoot } from "../../package-root.ts";

/**
 * sha256 of what the validation is made of: its code, the schemas, the package with its pinned dependencies, and Node,
 * which brings the time zones. Whatever another version remembered is unknown to this one.
 */
export function versionDigest(): string {
  const digest = createHash("sha256");
  const { node, v8, icu, tz } = process.versions;
  digest.update(JSON.stringify([node, v8, icu, tz, process.env["TZ"]]));
  const paths = [
    join(packageRoot, "package.json"),
    ...filesBelow(join(packageRoot, "schemas")),
    ...filesBelow(codeRoot),
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
