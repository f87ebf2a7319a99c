import {
  chmodSync,
  lstatSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import process from "node:process";
import { ProblemError } from "../problem.ts";
import { fixFiles } from "../streams/fixes/fix-files.ts";
import type { ChangedFile } from "../streams/fixes/fix-files.ts";
import type { Finding } from "../streams/findings/finding.ts";
import type { RepositoryFile } from "../streams/repository.ts";

export interface FixedTree {
  readonly files: readonly RepositoryFile[];
  /** What is left. */
  readonly findings: readonly Finding[];
}

/**
 * Makes every fix in the working tree, and says on standard error which. A file is replaced at once or not at all, and
 * never through a link.
 */
export async function fixWorkingTree(
  root: string,
  before: readonly RepositoryFile[],
  findingsOf: (files: readonly RepositoryFile[]) => Promise<readonly Finding[]>,
): Promise<FixedTree> {
  const { files, changed, fixed, findings } = await fixFiles(before, findingsOf);
  const known = new Map(before.map((file) => [file.path, file]));
  for (const file of changed) replaceFile(root, file, known.get(file.path)?.content);
  for (const finding of fixed) process.stderr.write(`${describeFix(finding)}\n`);
  return { files, findings };
}

function describeFix({ file, line, column, fix, rule }: Finding): string {
  const text = `fixed ${file}:${line}:${column}  ${fix?.title ?? ""}  ${rule}`;
  return text.replace(/\p{C}/gu, "?");
}

function replaceFile(root: string, file: ChangedFile, before: Uint8Array | undefined): void {
  const path = join(root, file.path);
  const folder = dirname(path);
  const stats = lstatSync(path, { throwIfNoEntry: false });
  const isAtHome = realpathSync(folder) === join(realpathSync(root), dirname(file.path));
  if (stats?.isFile() !== true || !isAtHome || !isSame(readFileSync(path), before)) {
    throw new ProblemError({
      kind: "conflict",
      where: file.path,
      what: "The file was changed meanwhile, or stands behind a link.",
      next: "Run the command again.",
    });
  }
  const temporary = join(folder, `.${basename(path)}.${process.pid}.tmp`);
  try {
    writeFileSync(temporary, file.content, { flag: "wx" });
    chmodSync(temporary, stats.mode & 0o777);
    renameSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
}

function isSame(now: Uint8Array, before: Uint8Array | undefined): boolean {
  return before !== undefined && Buffer.compare(now, before) === 0;
}
