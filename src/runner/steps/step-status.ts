import { timestamp } from "../conditions.ts";
import type { StepEnd } from "../run-step.ts";
import type { TaskPod } from "../task-pod.ts";
import type { RunResult, StepStatus, StopReason } from "../types.ts";
import { stepContainer, stepName } from "./step-name.ts";

/** The steps of a TaskRun that has not started. */
export function waitingSteps(spec: TaskPod["spec"]): readonly StepStatus[] {
  return spec.steps.map((step, index) => ({
    name: stepName(step, index),
    container: stepContainer(step, index),
    waiting: { reason: "PodInitializing" },
  }));
}

/** Tekton's reasons for the end of a step; of a container there are only Completed and Error. */
export type TerminationReason =
  | "Completed"
  | "Continued"
  | "Error"
  | "Skipped"
  | "TimeoutExceeded"
  | "TaskRunCancelled"
  | "TaskRunTimeout";

/** How a step ended, for its status. */
export function terminationReason(
  { reason }: StepEnd,
  continues: boolean,
  stop: StopReason | undefined,
): TerminationReason {
  if (reason === "Stopped") return stop === "timeout" ? "TaskRunTimeout" : "TaskRunCancelled";
  return reason === "Error" && continues ? "Continued" : reason;
}

function containerReason(reason: TerminationReason, exitCode: number): string {
  if (reason === "TaskRunCancelled" || reason === "TaskRunTimeout") return reason;
  return exitCode === 0 || reason === "Continued" ? "Completed" : "Error";
}

/** What Kubernetes shows of results in a container's state. */
function messageOf(results: readonly RunResult[]): string | undefined {
  if (results.length === 0) return undefined;
  const entries = results.map(({ name, value }) => ({
    key: name,
    value: typeof value === "string" ? value : JSON.stringify(value),
    type: 1,
  }));
  return JSON.stringify(entries);
}

/** The status of a step that is over. */
export function endedStep(
  status: StepStatus,
  startedAt: string,
  exitCode: number,
  reason: TerminationReason,
  more: Pick<StepStatus, "results" | "inputs" | "outputs"> & {
    readonly taskResults?: readonly RunResult[];
  } = {},
): StepStatus {
  const { taskResults = [], ...shown } = more;
  const message = messageOf(taskResults);
  return {
    name: status.name,
    container: status.container,
    ...shown,
    terminationReason: reason,
    terminated: {
      exitCode,
      reason: containerReason(reason, exitCode),
      ...(message !== undefined && { message }),
      startedAt,
      finishedAt: timestamp(),
    },
  };
}
