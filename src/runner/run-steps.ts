import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseDuration } from "../tekton/duration.ts";
import type { Variables } from "../tekton/substitute.ts";
import type { Step, TaskSpec } from "../tekton/types.ts";
import { timestamp } from "./conditions.ts";
import type { RunnerContext } from "./context.ts";
import type { Mount } from "./isolation.ts";
import { applyTemplate, prepareStep, type TaskDirectories } from "./prepare-step.ts";
import { runStep, type StepEnd } from "./run-step.ts";
import type { StepStatus } from "./types.ts";

export interface StepsPlan {
  readonly spec: TaskSpec;
  readonly variables: Variables;
  readonly directories: TaskDirectories;
  readonly mounts: readonly Mount[];
  readonly logDirectory: string;
}

export interface StepsEnd {
  readonly steps: readonly StepStatus[];
  /** The step that ended the TaskRun, and how; absent where all went well. */
  readonly failed?: { readonly step: string; readonly end: StepEnd; readonly message: string };
}

/** The name that a step goes by: its own, or one that counts. */
export function stepName(step: Step, index: number): string {
  return step.name ?? `unnamed-${index}`;
}

/** The steps of a TaskRun that has not started. */
export function waitingSteps(spec: TaskSpec): readonly StepStatus[] {
  return spec.steps.map((step, index) => ({
    name: stepName(step, index),
    container: `step-${stepName(step, index)}`,
    waiting: { reason: "PodInitializing" },
  }));
}

function ended(status: StepStatus, startedAt: string, end: StepEnd, skipped = false): StepStatus {
  return {
    name: status.name,
    container: status.container,
    terminationReason: skipped ? "Skipped" : end.reason,
    terminated: {
      exitCode: end.exitCode,
      reason: end.exitCode === 0 ? "Completed" : "Error",
      startedAt,
      finishedAt: timestamp(),
    },
  };
}

function stepTimeout(step: Step): number {
  const parsed = step.timeout === undefined ? undefined : parseDuration(step.timeout);
  return parsed?.ok === true && parsed.value > 0 ? parsed.value : Number.POSITIVE_INFINITY;
}

async function executeStep(
  context: RunnerContext,
  plan: StepsPlan,
  index: number,
  step: Step,
  signal: AbortSignal,
): Promise<{ readonly end: StepEnd; readonly message?: string }> {
  const { directories, mounts, variables } = plan;
  const prepared = await prepareStep(
    step,
    index,
    variables,
    directories,
    context.isolation,
    context,
  );
  const logFile = join(plan.logDirectory, `step-${stepName(step, index)}.log`);
  if (!prepared.ok) {
    const message = `${prepared.problem.where ?? "step"}: ${prepared.problem.what}`;
    await writeFile(logFile, `${message}\n`);
    return { end: { exitCode: 1, reason: "Error" }, message };
  }
  const { argv, directory, environment } = prepared.value;
  const end = await runStep(
    {
      argv: context.isolation.wrap(argv, directory, directories.scratch, mounts),
      environment,
      logFile,
      timeout: stepTimeout(step),
      mask: context.mask,
    },
    signal,
    context.reaper,
  );
  return { end };
}

/**
 * Runs a TaskRun's steps in order; the first that fails (and may not) skips the rest. `report` hears every change.
 * onError: continue covers an exit code only, neither a timeout nor a stop.
 */
export async function runSteps(
  context: RunnerContext,
  plan: StepsPlan,
  signal: AbortSignal,
  report: (steps: readonly StepStatus[]) => void,
): Promise<StepsEnd> {
  const steps = [...waitingSteps(plan.spec)];
  let failure: StepsEnd["failed"];
  await mkdir(plan.logDirectory, { recursive: true });
  for (const [index, plain] of plan.spec.steps.entries()) {
    const status = steps[index];
    if (status === undefined) continue;
    const startedAt = timestamp();
    if (failure !== undefined) {
      await writeFile(
        join(plan.logDirectory, `${status.container}.log`),
        "Skipping step because a previous step failed\n",
      );
      steps[index] = ended(status, startedAt, { exitCode: 1, reason: "Error" }, true);
      continue;
    }
    steps[index] = { name: status.name, container: status.container, running: { startedAt } };
    report([...steps]);
    const step = applyTemplate(plain, plan.spec.stepTemplate);
    const { end, message } = await executeStep(context, plan, index, step, signal);
    const record = join(plan.directories.tekton, "steps", status.container);
    await mkdir(record, { recursive: true });
    await writeFile(join(record, "exitCode"), String(end.exitCode));
    const forgiven = end.reason === "Error" && step.onError === "continue";
    steps[index] = ended(status, startedAt, end);
    report([...steps]);
    if (end.reason === "Completed" || forgiven) continue;
    failure = {
      step: status.name,
      end,
      message: message ?? `"${status.container}" exited with code ${end.exitCode}`,
    };
  }
  return { steps, ...(failure !== undefined && { failed: failure }) };
}
