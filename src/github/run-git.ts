import { simpleGit } from "simple-git";
import { ProblemError, type ProblemKind } from "../problem.ts";

export interface GitCall {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly silenceMs: number;
  /** Ends git when it is aborted. */
  readonly signal?: AbortSignal;
}

/**
 * Runs git and gives what it printed. Where it fails with a message, throws a ProblemError; exit codes without a
 * message, which git uses for "no", give what was printed until then.
 */
export async function runGit(call: GitCall, args: readonly string[]): Promise<string> {
  const git = simpleGit({
    baseDir: call.directory,
    timeout: { block: call.silenceMs },
    ...(call.signal === undefined ? {} : { abort: call.signal }),
    // These guard against settings that others bring; here each of them is our own (git-environment.ts).
    unsafe: {
      allowUnsafeConfigEnvCount: true,
      allowUnsafeConfigPaths: true,
      allowUnsafeHooksPath: true,
      allowUnsafeCredentialHelper: true,
    },
  }).env({ ...call.environment });
  try {
    return await git.raw([...args]);
  } catch (error) {
    throw gitProblem(error, args[0] ?? "");
  }
}

const kinds: readonly (readonly [RegExp, ProblemKind, string])[] = [
  [
    /Authentication failed|could not read Username|error: 40[13]/i,
    "refused",
    "Check that the App is installed on the repository with `contents: read`.",
  ],
  [
    /not found|does not appear to be a git repository|error: 404/i,
    "not-found",
    "Check its address.",
  ],
  [
    /Could not resolve host|unable to access|timed? ?out|block timeout|early EOF|hung up|disconnected|error: 5\d\d/i,
    "unavailable",
    "It is tried again.",
  ],
];

function gitProblem(error: unknown, verb: string): ProblemError {
  const message = error instanceof Error ? error.message.trim() : String(error);
  const [, kind, next] = kinds.find(([pattern]) => pattern.test(message)) ?? [];
  return new ProblemError(
    {
      kind: kind ?? "conflict",
      where: `git ${verb}`,
      what: message === "" ? "git failed without a word." : message,
      ...(next === undefined ? {} : { next }),
    },
    { cause: error },
  );
}
