import { longestTimer } from "./run-step.ts";
import type { SkipReason } from "./schedule.ts";
import type { StopReason } from "./types.ts";

/** Values of a PipelineRun's spec.status that end it. */
export const stopModes = ["Cancelled", "CancelledRunFinally", "StoppedRunFinally"] as const;
export type StopMode = (typeof stopModes)[number];

/** The ways in which a run under way is told to end. */
export interface RunControl {
  readonly tasksSignal: AbortSignal;
  readonly finallySignal: AbortSignal;
  /** Why no more tasks start. */
  readonly haltTasks: SkipReason | undefined;
  readonly haltFinally: SkipReason | undefined;
  /** What ended the run before its time, for its condition. */
  readonly ended: StopReason | undefined;
  stop(mode: StopMode): void;
  /** A task failed: those under way end, no others start. */
  taskFailed(): void;
  /** Starts a clock for tasks, finally or all; gives the function that stops it. Milliseconds. */
  limit(what: "pipeline" | "tasks" | "finally", milliseconds: number): () => void;
}

export function createRunControl(): RunControl {
  const tasks = new AbortController();
  const lastly = new AbortController();
  let haltTasks: SkipReason | undefined;
  let haltFinally: SkipReason | undefined;
  let ended: StopReason | undefined;

  const stop = (mode: StopMode): void => {
    ended ??= "cancelled";
    if (mode === "StoppedRunFinally") {
      haltTasks ??= "PipelineRun was gracefully stopped";
      return;
    }
    haltTasks ??=
      mode === "Cancelled" ? "PipelineRun was cancelled" : "PipelineRun was gracefully cancelled";
    tasks.abort("cancelled" satisfies StopReason);
    if (mode === "CancelledRunFinally") return;
    haltFinally ??= "PipelineRun was cancelled";
    lastly.abort("cancelled" satisfies StopReason);
  };

  const timeOut = (what: "pipeline" | "tasks" | "finally"): void => {
    ended ??= "timeout";
    if (what !== "finally") {
      haltTasks ??=
        what === "tasks"
          ? "PipelineRun Tasks timeout has been reached"
          : "PipelineRun timeout has been reached";
      tasks.abort("timeout" satisfies StopReason);
    }
    if (what === "tasks") return;
    haltFinally ??=
      what === "finally"
        ? "PipelineRun Finally timeout has been reached"
        : "PipelineRun timeout has been reached";
    lastly.abort("timeout" satisfies StopReason);
  };

  return {
    tasksSignal: tasks.signal,
    finallySignal: lastly.signal,
    get haltTasks() {
      return haltTasks;
    },
    get haltFinally() {
      return haltFinally;
    },
    get ended() {
      return ended;
    },
    stop,
    taskFailed: () => {
      haltTasks ??= "PipelineRun was stopping";
    },
    limit: (what, milliseconds) => {
      if (!Number.isFinite(milliseconds)) return () => undefined;
      const timer = setTimeout(() => timeOut(what), Math.min(milliseconds, longestTimer));
      return () => clearTimeout(timer);
    },
  };
}
