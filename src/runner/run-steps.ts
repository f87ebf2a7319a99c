import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeProblem, ok, type Problem, type Result } from "../problem.ts";
import { parseDuration } from "../tekton/duration.ts";
import { substituteText, type Variables } from "../tekton/substitute.ts";
import type { ParamValue } from "../tekton/types.ts";
import { timestamp } from "./conditions.ts";
import type { RunnerContext } from "./context.ts";
import type { SeenFiles } from "./isolation/seen-files.ts";
import { evaluateWhen } from "./pipelines/evaluate-when.ts";
import { artifactVariables, readArtifacts } from "./read-artifacts.ts";
import { readResults } from "./read-results.ts";
import { runStep, signalledExitCode, type StepEnd } from "./run-step.ts";
import { applyTemplate } from "./steps/apply-template.ts";
import { canStart } from "./steps/can-start.ts";
import { stepMounts } from "./steps/container-mounts.ts";
import { prepareContainer } from "./steps/prepare-container.ts";
import {
  endedStep,
  terminationReason,
  waitingSteps,
  type StepLeft,
  type TerminationReason,
} from "./steps/step-status.ts";
import { stepVariables } from "./steps/step-variables.ts";
import { stopReason } from "./stop-outcome.ts";
import type { RunnableStep, TaskPod } from "./task-pod.ts";
import type { Artifacts, ContainerStep, RunResult, StepStatus } from "./types.ts";

export interface StepsEnd {
  readonly steps: readonly StepStatus[];
  /** Results and artifacts of the steps, as `steps.NAME.results.RESULT`. */
  readonly left: Variables;
  /** The results of the Task, those first that stood there first. */
  readonly told: readonly string[];
  /** What the last step saw, for what steps left together. */
  readonly files: SeenFiles;
  /** The step that ended the TaskRun, and how; absent where all went well. */
  readonly failed?: { readonly step: string; readonly end: StepEnd; readonly message: string };
}

function stepTimeout(text: string): number {
  const parsed = text === "" ? undefined : parseDuration(text);
  return parsed?.ok === true && parsed.value > 0 ? parsed.value : Number.POSITIVE_INFINITY;
}

interface Left {
  readonly results: readonly RunResult[];
  readonly artifacts: Artifacts;
  /** The results of the Task that stand there by now. */
  readonly taskResults: readonly RunResult[];
}

/** What a step left behind, read when nothing of it runs any more. A problem is that of the step itself. */
function readLeft(
  pod: TaskPod,
  index: number,
  step: RunnableStep,
  tekton: string,
  files: SeenFiles,
): Result<Left> {
  const own = join(tekton, "run", String(index), "status");
  const { maxResultSize: size } = pod;
  const results = readResults(join(own, "results"), step.results ?? [], size, files);
  if (!results.ok) return results;
  const artifacts = readArtifacts(join(own, "artifacts"), files);
  if (!artifacts.ok) return artifacts;
  const shared = readResults(join(tekton, "results"), pod.spec.results ?? [], size, files);
  // Results of a wrong type are the Task's fault, told when all steps are over.
  if (!shared.ok && shared.problem.kind === "refused") return shared;
  const taskResults = shared.ok ? shared.value : [];
  return ok({ results: results.value, artifacts: artifacts.value, taskResults });
}

/** What a program that is not there, or is none, ends with here, and with Tekton's entrypoint never. */
const shellCodes = [126, 127];

type Execution =
  | { readonly skipped: true }
  | {
      readonly end: StepEnd;
      readonly continues: boolean;
      readonly message?: string;
      /** Of a step that was started. */
      readonly files?: SeenFiles;
    };

async function executeStep(
  context: RunnerContext,
  pod: TaskPod,
  index: number,
  step: RunnableStep,
  earlier: Variables,
  status: ContainerStep,
  signal: AbortSignal,
): Promise<Execution> {
  const logFile = join(pod.logDirectory, `${status.container}.log`);
  const refused = (problem: Problem): Execution => {
    const message = `"${status.container}" could not be started: ${describeProblem(problem)}`;
    writeFileSync(logFile, `${context.mask(message)}\n`);
    return { end: { exitCode: 1, reason: "Error" }, continues: false, message };
  };
  const variables = stepVariables(pod, index, step, earlier, context.isolation);
  const holds = await evaluateWhen(step.when ?? [], variables);
  if (!holds.ok) return refused(holds.problem);
  if (!holds.value) return { skipped: true };
  const prepared = await prepareContainer(
    status.container,
    step,
    pod,
    stepMounts(pod, index),
    variables,
    context.isolation,
  );
  if (!prepared.ok) return refused(prepared.problem);
  const container = { ...prepared.value, signalled: signalledExitCode };
  const end = await runStep(
    { ...context, launch: context.isolation.launch(container), logFile },
    stepTimeout(substituteText(step.timeout ?? "", variables)),
    signal,
    context.starter,
  );
  const files = context.isolation.seen(container.mounts);
  if (shellCodes.includes(end.exitCode) && !canStart(container, context.isolation)) {
    return { end: { ...end, exitCode: 1 }, continues: false, files };
  }
  const continues = substituteText(step.onError ?? "", variables) === "continue";
  return { end, continues, files };
}

function failureMessage(container: string, { exitCode, reason }: StepEnd): string {
  return reason === "TimeoutExceeded"
    ? `"${container}" exited because the step exceeded the specified timeout limit`
    : `"${container}" exited with code ${exitCode}: Error`;
}

/**
 * Runs a TaskRun's steps in order; the first that fails (and may not) skips the rest. `report` hears every change.
 * onError: continue covers an exit code only, neither a timeout nor a stop, nor a program that is not there.
 */
export async function runSteps(
  context: RunnerContext,
  pod: TaskPod,
  signal: AbortSignal,
  report: (steps: readonly StepStatus[]) => void,
): Promise<StepsEnd> {
  const steps = [...waitingSteps(pod.spec)];
  const left = new Map<string, ParamValue>();
  const podName = pod.sources.identity.name;
  const tekton = context.isolation.locate(pod.directories.tekton, "/tekton");
  let files = context.isolation.seen(stepMounts(pod, 0));
  const told = new Set<string>();
  let failure: StepsEnd["failed"];
  for (const [index, plain] of pod.spec.steps.entries()) {
    const status = steps[index];
    if (status === undefined) continue;
    const startedAt = timestamp();
    const record = (exitCode: number): void => {
      if (!pod.directories.hasStatuses) return;
      const own = join(pod.directories.tekton, "run", String(index), "status");
      writeFileSync(join(own, "exitCode"), String(exitCode));
    };
    const end = (exitCode: number, reason: TerminationReason, more?: StepLeft): void => {
      steps[index] = endedStep(status, podName, startedAt, exitCode, reason, more);
    };
    const skip = (exitCode: number, why: string, reason: TerminationReason = "Skipped"): void => {
      writeFileSync(join(pod.logDirectory, `${status.container}.log`), `${why}\n`);
      end(exitCode, reason);
    };
    if (failure !== undefined) {
      // What ends a whole TaskRun ends the steps that wait, too.
      const isStopped = failure.end.reason === "Stopped";
      const reason = terminationReason(failure.end, false, stopReason(signal));
      skip(1, "Skipping step because a previous step failed", isStopped ? reason : "Skipped");
      continue;
    }
    steps[index] = { name: status.name, container: status.container, running: { startedAt } };
    report([...steps]);
    const step = applyTemplate(plain, pod.spec.stepTemplate, pod.variables);
    const executed = await executeStep(context, pod, index, step, left, status, signal);
    if ("skipped" in executed) {
      skip(0, "Skipping step because its when expressions evaluated to false");
      report([...steps]);
      continue;
    }
    const { end: ended, continues, message } = executed;
    // Later steps alone could read it.
    if (index < pod.spec.steps.length - 1) record(ended.exitCode);
    files = executed.files ?? files;
    const found = readLeft(pod, index, step, tekton, files);
    const reason = terminationReason(ended, continues, stopReason(signal));
    if (found.ok) {
      const { results, artifacts, taskResults } = found.value;
      for (const { name } of taskResults) told.add(name);
      for (const { name, value } of results)
        left.set(`steps.${status.name}.results.${name}`, value);
      for (const [name, value] of artifactVariables(status.name, artifacts)) left.set(name, value);
      const shown = { ...(results.length > 0 && { results }), ...artifacts, taskResults };
      end(ended.exitCode, reason, shown);
    } else {
      end(1, "Error");
    }
    report([...steps]);
    if (!found.ok && (reason === "Completed" || reason === "Continued")) {
      const unreadable = `"${status.container}": ${describeProblem(found.problem)}`;
      failure = { step: status.name, end: { exitCode: 1, reason: "Error" }, message: unreadable };
    } else if (reason !== "Completed" && reason !== "Continued") {
      const why = message ?? failureMessage(status.container, ended);
      failure = { step: status.name, end: ended, message: why };
    }
  }
  const all = { steps, left, told: [...told], files };
  return { ...all, ...(failure !== undefined && { failed: failure }) };
}
