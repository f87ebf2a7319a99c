import { existsSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";

/** Where a machine has bash. */
export const bash = ["/usr/bin/bash", "/bin/bash"].find((path) => existsSync(path));

/**
 * Makes a directory with the shells that most images have: an `sh`, and under the name `ash`, that take what bash takes,
 * as Debian's dash does not. Undefined where there is no bash.
 */
export function writeShells(directory: string): string | undefined {
  if (bash === undefined) return undefined;
  mkdirSync(directory, { recursive: true });
  for (const name of ["sh", "ash"]) {
    rmSync(join(directory, name), { force: true });
    symlinkSync(bash, join(directory, name));
  }
  return directory;
}
