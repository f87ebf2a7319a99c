import { failure } from "../conditions.ts";
import type { Outcome } from "../types.ts";
import { countTasks, progressMessage, type Progress } from "./pipeline-progress.ts";
import type { RunControl } from "./run-control.ts";
import { goDuration } from "../../tekton/go-duration.ts";
import type { RunTimeouts } from "../../tekton/run-timeouts.ts";

/** Longer texts are cut in a condition, as Tekton does. */
const longestDetail = 1024;

function invalidTasks({ states }: Progress): string {
  const texts = [...states]
    .flatMap(([name, state]) => (state.phase === "invalid" ? [{ name, text: state.message }] : []))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ text }) => text)
    .join("; ");
  return texts.length > longestDetail ? `${texts.slice(0, longestDetail)}...` : texts;
}

/** How a run ends that somebody stopped. */
export function cancelled(name: string): Outcome {
  return failure("Cancelled", `PipelineRun "${name}" was cancelled`);
}

/** How a run of which nothing goes on any more ended. */
export function pipelineOutcome(
  name: string,
  progress: Progress,
  control: RunControl,
  timeouts: RunTimeouts,
): Outcome {
  const counts = countTasks(progress);
  const message = progressMessage(counts);
  if (control.stopped === "Cancelled") return cancelled(name);
  if (control.timedOut === "pipeline") {
    const limit = goDuration(timeouts.pipeline);
    const text = `PipelineRun "${name}" failed to finish within "${limit}"`;
    return failure("PipelineRunTimeout", text);
  }
  if (control.timedOut === "tasks") {
    const limit = goDuration(timeouts.tasks);
    const text = `PipelineRun "${name}" failed due to tasks failed to finish within "${limit}"`;
    return failure("PipelineRunTimeout", text);
  }
  if (counts.invalid > 0) {
    const detail = `Failed Validation: ${counts.invalid} (${invalidTasks(progress)})`;
    return failure("PipelineValidationFailed", `${message}, ${detail}`);
  }
  if (counts.failed > 0 || counts.skippedByTimeout > 0) return failure("Failed", message);
  if (control.stopped !== undefined) return cancelled(name);
  if (counts.cancelled > 0) return failure("Cancelled", message);
  const reason = counts.skipped > 0 ? "Completed" : "Succeeded";
  return { status: "True", reason, message };
}

/** The reason of a run that goes on. */
export function runningReason(
  progress: Progress,
  control: RunControl,
  hasFinally: boolean,
): string {
  if (control.timedOut === "tasks" && hasFinally) return "PipelineRunTimeoutRunningFinally";
  if (control.stopped === "CancelledRunFinally") return "CancelledRunningFinally";
  if (control.stopped === "StoppedRunFinally") return "StoppedRunningFinally";
  const { cancelled, failed } = countTasks(progress);
  return cancelled > 0 || (failed > 0 && !hasFinally) ? "PipelineRunStopping" : "Running";
}
