import type { ObservedRun } from "../../cluster/types.ts";

/** What the store knows of a run that is not over. Times are milliseconds since the epoch. */
export interface PendingRun {
  readonly id: string;
  readonly state: "requested" | "submitted" | "queued" | "running";
  /** After the listener's 202: until when the run has to appear on the cluster. */
  readonly startDeadline: number | undefined;
}

/** The one next thing to do for a run, given what the cluster shows. */
export type RunStep =
  | { readonly do: "submit" }
  | { readonly do: "wait" }
  | { readonly do: "record"; readonly observed: ObservedRun }
  | { readonly do: "give-up"; readonly as: "lost" | "parked"; readonly reason: RunLoss };

/** Why a run was given up. */
export type RunLoss = "never-started" | "deleted" | "name-taken";

/**
 * Decides from the state alone, so that doing it again after a crash, a lost answer or a doubled event is harmless:
 * a run that is on the cluster is never asked for again, and one that is not there is asked for by the same name.
 */
export function decideRunStep(
  run: PendingRun,
  observed: ObservedRun | undefined,
  now: number,
): RunStep {
  if (observed !== undefined) {
    if (observed.runId !== run.id) return { do: "give-up", as: "parked", reason: "name-taken" };
    return { do: "record", observed };
  }
  if (run.state === "requested") return { do: "submit" };
  if (run.state !== "submitted") return { do: "give-up", as: "lost", reason: "deleted" };
  if (run.startDeadline !== undefined && now > run.startDeadline)
    return { do: "give-up", as: "lost", reason: "never-started" };
  return { do: "wait" };
}
