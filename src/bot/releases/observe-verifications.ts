import type { ObservedVerification } from "../../promotion/release-phase.ts";
import type { Run } from "../../store/run-record.ts";
import type { Stream } from "../../streams/types.ts";
import { isOver } from "../runs/run-report.ts";
import { verificationOfCause } from "./verification-of-cause.ts";

/** How each verification of a stream stands for one release, from its runs, newest first. */
export function observeVerifications(
  stream: Stream,
  release: string,
  runs: readonly Pick<Run, "id" | "cause" | "state">[],
  publicUrl: string,
): readonly ObservedVerification[] {
  return (stream.spec.verify ?? []).map(({ name, mode, maxRetries }) => {
    const own = runs.filter((run) => verificationOfCause(run.cause) === `${release}/${name}`);
    const latest = own[0];
    return {
      name,
      mode,
      maxRetries: maxRetries ?? 0,
      attempts: own.length,
      state: latest === undefined ? "waiting" : verificationState(latest.state),
      ...(latest === undefined ? {} : { url: `${publicUrl}/runs/${latest.id}` }),
    };
  });
}

function verificationState(state: Run["state"]): ObservedVerification["state"] {
  if (!isOver(state)) return "running";
  return state === "succeeded" ? "succeeded" : "failed";
}
