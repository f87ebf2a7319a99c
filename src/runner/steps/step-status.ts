import { timestamp } from "../conditions.ts";
import type { StepEnd } from "../run-step.ts";
import type { TaskPod } from "../task-pod.ts";
import type { ContainerStep, RunResult, StepStatus, StopReason } from "../types.ts";
import { stepContainer, stepName } from "./step-name.ts";

/** The steps of a TaskRun that has no pod. */
export function namedSteps({ steps }: TaskPod["spec"]): readonly StepStatus[] {
  return steps.map(({ name = "" }) => ({ name }));
}

/** The steps of a TaskRun that has not started. */
export function waitingSteps(spec: TaskPod["spec"]): readonly ContainerStep[] {
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

function messageEntry({ name, value }: RunResult, type: number) {
  return { key: name, value: typeof value === "string" ? value : JSON.stringify(value), type };
}

/** Tekton's words for what ended with the whole TaskRun. */
function stoppedMessage(step: string, pod: string, reason: TerminationReason): string | undefined {
  const isStopped = reason === "TaskRunCancelled" || reason === "TaskRunTimeout";
  return isStopped ? `Step ${step} terminated as pod ${pod} is terminated` : undefined;
}

/** What Kubernetes shows of results in a container's state, with Tekton's numbers of those of the Task and of the step. */
function messageOf(ofTask: readonly RunResult[], ofStep: readonly RunResult[]): string | undefined {
  const entries = [
    ...ofTask.map((result) => messageEntry(result, 1)),
    ...ofStep.map((result) => messageEntry(result, 4)),
  ];
  if (entries.length === 0) return undefined;
  return JSON.stringify(entries.sort((a, b) => (a.key < b.key ? -1 : 1)));
}

/** What a step left. */
export interface StepLeft extends Pick<StepStatus, "results" | "inputs" | "outputs"> {
  readonly taskResults?: readonly RunResult[];
}

/** The status of a step that is over. */
export function endedStep(
  status: ContainerStep,
  pod: string,
  startedAt: string,
  exitCode: number,
  reason: TerminationReason,
  more: StepLeft = {},
): ContainerStep {
  const { taskResults = [], ...shown } = more;
  const message =
    messageOf(taskResults, more.results ?? []) ?? stoppedMessage(status.name, pod, reason);
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
