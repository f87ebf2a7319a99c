import type { RunPhase } from "./types.ts";

/** Tekton's condition `Succeeded`. */
export interface Condition {
  readonly status: "True" | "False" | "Unknown";
  readonly reason: string;
  readonly message: string;
}

const cancelled = new Set([
  "Cancelled",
  "PipelineRunCancelled",
  "CancelledRunFinally",
  "StoppedRunFinally",
  "TaskRunCancelled",
]);
const timedOut = new Set(["PipelineRunTimeout", "TaskRunTimeout"]);

/**
 * The phase that a PipelineRun's or TaskRun's condition stands for. The status decides whether it is over, the reason
 * only how: a reason that nobody knows yet never ends a run, and `Unknown` is never success.
 * https://tekton.dev/docs/pipelines/pipelineruns/#monitoring-execution-status
 */
export function runPhase(condition: Condition | undefined): RunPhase {
  if (condition === undefined) return "queued";
  if (condition.status === "True") return "succeeded";
  if (condition.status === "Unknown")
    return condition.reason === "PipelineRunPending" ? "queued" : "running";
  if (timedOut.has(condition.reason)) return "timed-out";
  return cancelled.has(condition.reason) ? "cancelled" : "failed";
}
