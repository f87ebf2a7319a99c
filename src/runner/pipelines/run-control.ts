import { longestTimer } from "../run-step.ts";
import type { StopReason } from "../types.ts";
import type { Halt } from "./schedule.ts";

/** Values of a PipelineRun's spec.status that end it. */
export const stopModes = ["Cancelled", "CancelledRunFinally", "StoppedRunFinally"] as const;
export type StopMode = (typeof stopModes)[number];

export type Limited = "pipeline" | "tasks" | "finally";

/** The ways in which a run under way is told to end. */
export interface RunControl {
  readonly tasksSignal: AbortSignal;
  readonly finallySignal: AbortSignal;
  /** Why no more tasks start. */
  readonly haltTasks: Halt | undefined;
  readonly haltFinally: Halt | undefined;
  /** The strongest way in which somebody stopped it. */
  readonly stopped: StopMode | undefined;
  /** The limit that was reached first. */
  readonly timedOut: Limited | undefined;
  stop(mode: StopMode): void;
  /** A task failed: those under way end, no others start. */
  taskFailed(): void;
  /** Starts a clock for tasks, finally or all; gives the function that stops it. Milliseconds. */
  limit(what: Limited, milliseconds: number): () => void;
}

const gracefully: Readonly<Record<Exclude<StopMode, "Cancelled">, Halt>> = {
  CancelledRunFinally: { skips: "all", reason: "PipelineRun was gracefully cancelled" },
  StoppedRunFinally: { skips: "all", reason: "PipelineRun was gracefully stopped" },
};

const timeouts: Readonly<Record<Limited, Halt>> = {
  pipeline: { skips: "nothing" },
  tasks: { skips: "due", reason: "PipelineRun Tasks timeout has been reached" },
  finally: { skips: "due", reason: "PipelineRun Finally timeout has been reached" },
};

export function createRunControl(): RunControl {
  const tasks = new AbortController();
  const lastly = new AbortController();
  let failing = false;
  let stopped: StopMode | undefined;
  let timedOut: Limited | undefined;

  const stop = (mode: StopMode): void => {
    if (stopped === undefined || stopModes.indexOf(mode) < stopModes.indexOf(stopped)) {
      stopped = mode;
    }
    if (mode === "StoppedRunFinally") return;
    tasks.abort("cancelled" satisfies StopReason);
    if (mode === "Cancelled") lastly.abort("cancelled" satisfies StopReason);
  };

  const timeOut = (what: Limited): void => {
    timedOut ??= what;
    const reason: StopReason = "pipeline-timeout";
    if (what !== "finally") tasks.abort(reason);
    if (what !== "tasks") lastly.abort(reason);
  };

  return {
    tasksSignal: tasks.signal,
    finallySignal: lastly.signal,
    get haltTasks(): Halt | undefined {
      if (stopped === "Cancelled") return { skips: "nothing" };
      if (failing) return { skips: "all", reason: "PipelineRun was stopping" };
      if (stopped !== undefined) return gracefully[stopped];
      return timedOut === undefined ? undefined : timeouts[timedOut];
    },
    get haltFinally(): Halt | undefined {
      if (stopped === "Cancelled") return { skips: "nothing" };
      return timedOut === "tasks" || timedOut === undefined ? undefined : timeouts[timedOut];
    },
    get stopped() {
      return stopped;
    },
    get timedOut() {
      return timedOut;
    },
    stop,
    taskFailed: () => {
      failing = true;
    },
    limit: (what, milliseconds) => {
      if (!Number.isFinite(milliseconds)) return () => undefined;
      const timer = setTimeout(() => timeOut(what), Math.min(milliseconds, longestTimer));
      return () => clearTimeout(timer);
    },
  };
}
