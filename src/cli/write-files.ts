import { existsSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeFolder } from "../make-folder.ts";
import { ProblemError } from "../problem.ts";
import type { ScaffoldFile } from "../streams/scaffold/new-repository.ts";

const shown = 5;

/** A ProblemError that names those of the files that are there already. */
export function refuseExisting(root: string, files: readonly ScaffoldFile[], next: string): void {
  const there = files.filter(({ path }) => existsSync(join(root, path))).map(({ path }) => path);
  if (there.length === 0) return;
  const named = there.slice(0, shown).join(", ");
  const more = there.length > shown ? ` and ${there.length - shown} more` : "";
  throw new ProblemError({
    kind: "conflict",
    what: `There is already ${named}${more}; nothing was written.`,
    next,
  });
}

/** Writes files below a folder, and never over one that is there. */
export function writeNewFiles(root: string, files: readonly ScaffoldFile[]): void {
  for (const { path, text } of files) {
    makeFolder(dirname(join(root, path)));
    writeFileSync(join(root, path), text, { flag: "wx" });
  }
}

/** Whether a repository has the schemas of its files itself, as this project's own has. */
export function hasSchemas(root: string): boolean {
  return existsSync(join(root, "schemas/stream.json"));
}
