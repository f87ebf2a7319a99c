import { runPhase } from "./run-phase.ts";
import type { TaskRunObject } from "./tekton-status.ts";
import type { ObservedTask } from "./types.ts";

type StepState = TaskRunObject["status"]["steps"][number];

/** A task of a run; `taskRun` is absent where it was just made or is deleted already. */
export function observeTask(
  name: string,
  taskRunName: string,
  taskRun: TaskRunObject | undefined,
): ObservedTask {
  if (taskRun === undefined) return { name, taskRun: taskRunName, phase: "queued", steps: [] };
  const { status } = taskRun;
  const condition = status.conditions.find(({ type }) => type === "Succeeded");
  const failedStep = condition?.status === "False" ? findFailedStep(status.steps) : undefined;
  return {
    name,
    taskRun: taskRunName,
    phase: runPhase(condition),
    ...(condition === undefined ? {} : { reason: condition.reason, message: condition.message }),
    ...(status.startTime === undefined ? {} : { startedAt: status.startTime }),
    ...(status.completionTime === undefined ? {} : { finishedAt: status.completionTime }),
    ...(status.podName === undefined || status.podName === "" ? {} : { podName: status.podName }),
    ...(failedStep === undefined ? {} : { failedStep }),
    steps: status.steps.map(observeStep),
  };
}

function observeStep(step: StepState): ObservedTask["steps"][number] {
  const exitCode = step.terminated?.exitCode;
  return {
    name: step.name,
    container: containerOf(step),
    ...(exitCode === undefined ? {} : { exitCode }),
  };
}

/** The first that failed by itself: later ones are ended with exit code 1 and reason Skipped, tolerated ones Continued. */
function findFailedStep(steps: readonly StepState[]): ObservedTask["failedStep"] {
  for (const step of steps) {
    const exitCode = step.terminated?.exitCode ?? 0;
    if (exitCode === 0) continue;
    if (step.terminationReason === "Skipped" || step.terminationReason === "Continued") continue;
    return { name: step.name, container: containerOf(step), exitCode };
  }
  return undefined;
}

function containerOf(step: StepState): string {
  return step.container ?? `step-${step.name}`;
}
