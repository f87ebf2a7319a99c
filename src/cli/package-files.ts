import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { packageRoot } from "../package-root.ts";
import type { ScaffoldFile } from "../streams/scaffold/new-repository.ts";

/** The text files of a folder of this package, by path from its root; none where there is no such folder. */
export function readPackageFiles(folder: string): ScaffoldFile[] {
  const start = join(packageRoot, folder);
  if (!existsSync(start)) return [];
  return readdirSync(start, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(packageRoot, join(entry.parentPath, entry.name)))
    .sort()
    .map((path) => ({
      path: path.split(sep).join("/"),
      text: readFileSync(join(packageRoot, path), "utf8"),
    }));
}
