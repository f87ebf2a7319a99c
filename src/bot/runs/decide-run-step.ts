import type { ObservedRun, RunNames } from "../../cluster/types.ts";
import { breachOfRun, type FixedByOperator } from "./breach-of-run.ts";
import { isOver } from "./run-report.ts";

/** What the store knows of a run that is not over. Times are milliseconds since the epoch. */
export interface PendingRun {
  readonly id: string;
  readonly state: "requested" | "submitted" | "queued" | "running";
  /** Whether it was ever sent, with or without an answer. */
  readonly isSent: boolean;
  /** Whether somebody wants it to end. */
  readonly isStopped: boolean;
  readonly runNames: RunNames;
  /** What the listener answered; null where its answer was lost, or the bot was killed before it came. */
  readonly eventId: string | null;
  readonly fixed: FixedByOperator;
  /** After it was sent: until when the run has to appear on the cluster. */
  readonly startDeadline: number | undefined;
}

/** The one next thing to do for a run, given what the cluster shows. */
export type RunStep =
  | { readonly do: "submit" }
  | { readonly do: "wait" }
  | { readonly do: "record"; readonly observed: ObservedRun }
  | { readonly do: "stop"; readonly observed: ObservedRun }
  | { readonly do: "refuse"; readonly observed: ObservedRun; readonly breach: string }
  | { readonly do: "cancel" }
  | { readonly do: "give-up"; readonly as: "lost" | "parked"; readonly reason: RunLoss };

/** Why a run was given up. */
export type RunLoss = "never-started" | "deleted" | "name-taken" | "answer-lost";

/**
 * Decides from the state alone, so that doing it again after a crash, a lost answer or a doubled event is harmless:
 * a run that is on the cluster is never asked for again, and one that is not there is asked for by the same name.
 * Where the listener makes up the name, a second request would be a second run, so that none is sent while nobody knows
 * what became of the first.
 */
export function decideRunStep(
  run: PendingRun,
  observed: ObservedRun | undefined,
  now: number,
): RunStep {
  if (observed !== undefined) {
    if (run.runNames === "fixed" && observed.runId !== run.id)
      return { do: "give-up", as: "parked", reason: "name-taken" };
    // Later the operator may have fixed something else, which holds for what is asked for then.
    const isNew = run.state === "requested" || run.state === "submitted";
    const breach = isNew ? breachOfRun(run.fixed, observed) : undefined;
    if (breach !== undefined) return { do: "refuse", observed, breach };
    if (run.isStopped && !isOver(observed.phase)) return { do: "stop", observed };
    return { do: "record", observed };
  }
  if (run.state === "queued" || run.state === "running")
    return { do: "give-up", as: "lost", reason: "deleted" };
  if (run.runNames === "generated" && run.isSent && run.eventId === null)
    return { do: "give-up", as: "parked", reason: "answer-lost" };
  const isLate = run.startDeadline !== undefined && now > run.startDeadline;
  // What was sent may still appear, and is stopped then.
  if (run.isStopped) return run.isSent && !isLate ? { do: "wait" } : { do: "cancel" };
  if (run.state === "requested") return { do: "submit" };
  return isLate ? { do: "give-up", as: "lost", reason: "never-started" } : { do: "wait" };
}
