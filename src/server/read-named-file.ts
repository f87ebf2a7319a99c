import { readFileSync } from "node:fs";
import { failed, ok, type Result } from "../problem.ts";

/** The text of a file that the operator names; `what` is what it holds, and `next` how to name another. */
export function readNamedFile(path: string, what: string, next: string): Result<string> {
  try {
    return ok(readFileSync(path, "utf8"));
  } catch {
    return failed({ kind: "not-found", where: path, what: `${what} cannot be read.`, next });
  }
}
