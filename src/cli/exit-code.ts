import { CommanderError } from "commander";
import { ProblemError } from "../problem.ts";

/** What a person can mend about a path, by what the system calls it. */
const pathProblems: Readonly<Record<string, string>> = {
  EACCES: "You have no permission",
  EPERM: "You have no permission",
  EROFS: "It can't be written to: the file system is read-only",
  ENOSPC: "No space is left",
  ENOTDIR: "A part of the path is no folder",
  EEXIST: "Something else is there already",
  ELOOP: "The links of the path lead to each other",
};

/**
 * Tells what ended a command. Exit codes: 0 done, 1 the answer is no, 2 the call or its set-up is wrong. A fault of the
 * program is thrown on, so that its stack is seen.
 */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const text = error instanceof ProblemError ? error.message : pathProblem(error);
  if (text === undefined) throw error;
  process.stderr.write(`okd-streams: ${text}\n`);
  return 2;
}

function pathProblem(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  if (!("code" in error) || !("path" in error)) return undefined;
  const { code, path } = error;
  if (typeof code !== "string" || typeof path !== "string") return undefined;
  if (code === "ENOENT" && "syscall" in error && error.syscall === "mkdir") {
    return `${path}: No folder can be made there: what it would stand in has no room for one, or is a link that leads nowhere.`;
  }
  if (!Object.hasOwn(pathProblems, code)) return undefined;
  const isDenied = code === "EACCES" || code === "EPERM";
  const call = isDenied && "syscall" in error ? ` (${String(error.syscall)})` : "";
  return `${path}: ${pathProblems[code]}${call}.`;
}
