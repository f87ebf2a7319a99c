import type { Release } from "../../store/release-record.ts";
import type { Run } from "../../store/run-record.ts";
import { isOver } from "../runs/run-report.ts";

/** A build of a stream, with what it was released as. */
export interface BuildOutcome {
  readonly run: Run;
  readonly release: Pick<Release, "name" | "phase" | "phaseBy" | "phaseReason"> | undefined;
}

export type StreamHealth =
  | {
      readonly is: "failing";
      readonly latest: BuildOutcome;
      readonly first: Run;
      readonly count: number;
    }
  | { readonly is: "well"; readonly latest: BuildOutcome }
  /** Something is under way, or was ended by a person. */
  | { readonly is: "unknown" };

/** How a stream does, by its builds, newest first. What a person stopped or rejected says nothing. */
export function streamHealth(builds: readonly BuildOutcome[]): StreamHealth {
  const told = builds.filter((build) => verdictOf(build) !== undefined);
  const [latest] = told;
  if (latest === undefined) return { is: "unknown" };
  if (verdictOf(latest) === "well") return { is: "well", latest };
  const sound = told.findIndex((build) => verdictOf(build) === "well");
  const failures = sound < 0 ? told : told.slice(0, sound);
  const first = failures.at(-1)?.run ?? latest.run;
  return { is: "failing", latest, first, count: failures.length };
}

function verdictOf({ run, release }: BuildOutcome): "failing" | "well" | undefined {
  if (!isOver(run.state) || run.state === "cancelled") return undefined;
  if (run.state !== "succeeded") return "failing";
  // Its end was not carried out yet, or it is no release at all, which its message tells.
  if (release === undefined) return run.settled ? "failing" : undefined;
  if (release.phase === "Accepted") return "well";
  if (release.phase === "Rejected" && release.phaseBy === null) return "failing";
  return undefined;
}
