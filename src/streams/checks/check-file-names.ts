import type { Checkable } from "./checkable.ts";
import { mistakeOfFile } from "./mistake.ts";
import type { Mistake } from "./mistake.ts";

/** Paths that differ in capital letters only. */
export function checkFileNames({ files }: Pick<Checkable, "files">): Mistake[] {
  const first = new Map<string, string>();
  const mistakes: Mistake[] = [];
  for (const path of files.keys()) {
    const plain = path.toLowerCase();
    const other = first.get(plain);
    if (other === undefined) {
      first.set(plain, path);
      continue;
    }
    mistakes.push(
      mistakeOfFile(path, "file-case-collision", {
        message: `The path differs from ${other} in capital letters only.`,
        help: "Rename one of the two; macOS and Windows keep only one of them.",
      }),
    );
  }
  return mistakes;
}
