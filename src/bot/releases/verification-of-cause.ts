import type { Cause } from "../../streams/runs/run-request.ts";

/**
 * `RELEASE/VERIFICATION` where this is the cause of a verification run, as the bot began it or, with a comment's id
 * behind it, as a person asked for it again; undefined for every other cause.
 */
export function verificationOfCause(cause: Cause): string | undefined {
  return /^release:(?<verification>[^/]+\/[^/]+)/.exec(cause)?.groups?.["verification"];
}
