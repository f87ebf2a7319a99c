import pRetry from "p-retry";
import { failed, ok, ProblemError, type Problem, type Result } from "../problem.ts";
import { resolveRef } from "./read-history.ts";
import { checkObjectId } from "./revision-names.ts";
import type { GitCall } from "./run-git.ts";

export interface PullRequestFetch {
  /** For reading what was fetched. */
  readonly call: GitCall;
  readonly number: number;
  readonly expectedSha: string;
  /** Brings one ref of the remote under the same name. */
  readonly fetchRef: (ref: string) => Promise<void>;
  readonly lag: { readonly retries: number; readonly firstWaitMs: number };
}

/** Brings a pull request's head and looks again while GitHub's ref lags behind the commit that its webhook named. */
export async function fetchPullRequest(fetch: PullRequestFetch): Promise<Result<void>> {
  const { call, number, expectedSha, fetchRef, lag } = fetch;
  if (!Number.isSafeInteger(number) || number < 1)
    throw new ProblemError({
      kind: "invalid",
      where: String(number),
      what: "This is no pull request's number.",
    });
  const expected = checkObjectId(expectedSha);
  const ref = `refs/pull/${number}/head`;
  const look = async () => {
    await fetchRef(ref);
    const head = await resolveRef(call, ref);
    if (head === expected) return ok(undefined);
    // Where the expected commit is here and no longer the head, waiting brings nothing.
    if ((await resolveRef(call, expected)) !== undefined) return failed(movedOn(number, expected));
    throw new ProblemError(lags(number, expected));
  };
  try {
    return await pRetry(look, {
      retries: lag.retries,
      minTimeout: lag.firstWaitMs,
      shouldRetry: ({ error }) =>
        error instanceof ProblemError && error.problem.kind === "unavailable",
    });
  } catch (error) {
    if (error instanceof ProblemError) return failed(error.problem);
    throw error;
  }
}

function lags(number: number, expected: string): Problem {
  return {
    kind: "unavailable",
    where: `pull request ${number}`,
    what: `GitHub's git does not have commit ${expected} as its head yet.`,
    next: "It is tried again.",
  };
}

function movedOn(number: number, expected: string): Problem {
  return {
    kind: "conflict",
    where: `pull request ${number}`,
    what: `Commit ${expected} is not its head any more.`,
    next: "The newer head is looked at instead.",
  };
}
