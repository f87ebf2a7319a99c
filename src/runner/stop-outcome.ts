import { goDuration } from "../tekton/go-duration.ts";
import { failure } from "./conditions.ts";
import type { TaskWork } from "./run-task.ts";
import type { Outcome, StopReason, StoredMeta } from "./types.ts";

/** Tekton's spec.statusMessage of what a PipelineRun cancelled. */
export function statusMessage(reason: StopReason, { ownerReferences = [] }: StoredMeta): string {
  if (reason === "timeout" || ownerReferences.length === 0) return "";
  const end = reason === "cancelled" ? "has been cancelled." : "has timed out.";
  return `TaskRun cancelled as the PipelineRun it belongs to ${end}`;
}

/** How a TaskRun ends that was stopped. */
export function stopOutcome(reason: StopReason, { metadata, timeout }: TaskWork): Outcome {
  if (reason === "timeout") {
    const message = `TaskRun "${metadata.name}" failed to finish within "${goDuration(timeout)}"`;
    return failure("TaskRunTimeout", message);
  }
  const message = `TaskRun "${metadata.name}" was cancelled. ${statusMessage(reason, metadata)}`;
  return failure("TaskRunCancelled", message.trimEnd());
}

/** What stopped a TaskRun; the signal is of its PipelineRun, or of its own timeout. */
export function stopReason(signal: AbortSignal): StopReason | undefined {
  if (!signal.aborted) return undefined;
  const reason: unknown = signal.reason;
  return reason === "timeout" || reason === "pipeline-timeout" ? reason : "cancelled";
}
