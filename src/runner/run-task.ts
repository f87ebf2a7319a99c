import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { describeProblem } from "../problem.ts";
import { resolveParams } from "../tekton/resolve-params.ts";
import type { Variables } from "../tekton/substitute.ts";
import type { TaskSpec } from "../tekton/types.ts";
import { goDuration } from "../tekton/go-duration.ts";
import { bindWorkspaces } from "./bind-workspaces.ts";
import { condition, failure, timestamp } from "./conditions.ts";
import type { RunnerContext } from "./context.ts";
import { readResults } from "./read-results.ts";
import { longestTimer } from "./run-step.ts";
import { runSteps, waitingSteps, type StepsEnd } from "./run-steps.ts";
import { taskVariables } from "./task-variables.ts";
import type {
  Outcome,
  RefSource,
  RunResult,
  StepStatus,
  StopReason,
  StoredMeta,
  TaskRunObject,
  TaskRunStatus,
} from "./types.ts";

/** What a TaskRun carries out, its Task read and checked already. */
export interface TaskWork {
  readonly metadata: StoredMeta;
  readonly spec: TaskRunObject["spec"];
  readonly task: { readonly name: string; readonly spec: TaskSpec; readonly source?: RefSource };
  /** Variables of the pipeline that an embedded taskSpec sees too; its own come first. */
  readonly inherited: Variables;
  readonly retries: number;
  /** Milliseconds for each attempt. */
  readonly timeout: number;
  /** A failure that the pipeline goes on after. */
  readonly failureIgnored: boolean;
}

interface Attempt {
  readonly outcome: Outcome;
  readonly steps: readonly StepStatus[];
  readonly results: readonly RunResult[];
}

/** Tekton's spec.statusMessage of what a PipelineRun cancelled. */
function statusMessage(reason: StopReason, { ownerReferences = [] }: StoredMeta): string {
  if (reason === "timeout" || ownerReferences.length === 0) return "";
  const end = reason === "cancelled" ? "has been cancelled." : "has timed out.";
  return `TaskRun cancelled as the PipelineRun it belongs to ${end}`;
}

function stopOutcome(reason: StopReason, { metadata, timeout }: TaskWork): Outcome {
  if (reason === "timeout") {
    const message = `TaskRun "${metadata.name}" failed to finish within "${goDuration(timeout)}"`;
    return failure("TaskRunTimeout", message);
  }
  const message = `TaskRun "${metadata.name}" was cancelled. ${statusMessage(reason, metadata)}`;
  return failure("TaskRunCancelled", message.trimEnd());
}

/** What stopped a TaskRun; the signal is of its PipelineRun, or of its own timeout. */
function stopReason(signal: AbortSignal): StopReason | undefined {
  if (!signal.aborted) return undefined;
  const reason: unknown = signal.reason;
  return reason === "timeout" || reason === "pipeline-timeout" ? reason : "cancelled";
}

function outcomeOf(end: StepsEnd, stop: StopReason | undefined, work: TaskWork): Outcome {
  if (end.failed === undefined) {
    return { status: "True", reason: "Succeeded", message: "All Steps have completed executing" };
  }
  if (stop !== undefined) return stopOutcome(stop, work);
  if (end.failed.end.reason === "TimeoutExceeded") {
    const message = `"step-${end.failed.step}" failed to finish within its timeout`;
    return failure("TaskRunTimeout", message);
  }
  return failure(work.failureIgnored ? "FailureIgnored" : "StepFailed", end.failed.message);
}

async function runAttempt(
  context: RunnerContext,
  work: TaskWork,
  retry: number,
  podName: string,
  signal: AbortSignal,
  report: (steps: readonly StepStatus[]) => void,
): Promise<Attempt> {
  const { spec, name: taskName } = work.task;
  const refused = (message: string): Attempt => ({
    outcome: failure("TaskRunValidationFailed", message),
    steps: waitingSteps(spec),
    results: [],
  });
  const params = resolveParams(spec.params ?? [], work.spec.params ?? []);
  if ("fault" in params) return refused(params.fault.message);

  const root = join(context.stateDirectory, "tasks", `${work.metadata.uid}-${retry}`);
  const directories = {
    tekton: join(root, "tekton"),
    workspace: join(root, "workspace"),
    scratch: join(root, "root"),
  };
  const made = ["results", "steps", "scripts", "home"].map((name) =>
    join(directories.tekton, name),
  );
  for (const directory of [...made, directories.workspace, directories.scratch]) {
    await mkdir(directory, { recursive: true });
  }
  try {
    const places = {
      claims: join(context.stateDirectory, "volumes"),
      own: join(root, "volumes"),
      secrets: context.secrets,
      configMaps: context.configMaps,
    };
    const workspaces = await bindWorkspaces(
      spec.workspaces ?? [],
      work.spec.workspaces ?? [],
      places,
      context.isolation,
    );
    if (!workspaces.ok) return refused(describeProblem(workspaces.problem));
    const own = taskVariables(
      spec,
      work.metadata,
      taskName,
      retry,
      params.values,
      workspaces.value,
      context.isolation.locate(directories.tekton, "/tekton"),
    );
    const mounts = [
      { source: directories.workspace, target: "/workspace", readOnly: false },
      { source: directories.tekton, target: "/tekton", readOnly: false },
      ...workspaces.value.flatMap(({ mount }) => (mount === undefined ? [] : [mount])),
    ];
    const plan = {
      spec,
      variables: new Map([...work.inherited, ...own]),
      directories,
      mounts,
      logDirectory: join(context.stateDirectory, "logs", podName),
    };
    const timer = new AbortController();
    const timeout = Number.isFinite(work.timeout)
      ? setTimeout(
          () => timer.abort("timeout" satisfies StopReason),
          Math.min(work.timeout, longestTimer),
        )
      : undefined;
    const either = AbortSignal.any([signal, timer.signal]);
    const end = await runSteps(context, plan, either, report);
    clearTimeout(timeout);
    const stop = stopReason(either);
    const results = await readResults(join(directories.tekton, "results"), spec.results ?? []);
    const outcome = outcomeOf(end, stop, work);
    if (results.ok) return { outcome, steps: end.steps, results: results.value };
    if (outcome.status === "False") return { outcome, steps: end.steps, results: [] };
    return { ...refused(results.problem.what), steps: end.steps };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/**
 * Carries out a TaskRun: every attempt that it needs, its object in the store kept up to date.
 * Gives the finished object. An abort of the signal (reason "cancelled" or "timeout") ends it at once.
 */
export async function runTask(
  context: RunnerContext,
  work: TaskWork,
  signal: AbortSignal,
): Promise<TaskRunObject> {
  const { taskRuns } = context.store;
  const past: TaskRunStatus[] = [];
  let cancelled: Pick<TaskRunObject["spec"], "status" | "statusMessage"> = {};
  for (let retry = 0; ; retry += 1) {
    const podName = `${work.metadata.name}-pod${retry === 0 ? "" : `-retry${retry}`}`;
    let status: TaskRunStatus = {
      conditions: [
        condition({
          status: "Unknown",
          reason: "Running",
          message: "Not all Steps in the Task have finished executing",
        }),
      ],
      podName,
      startTime: timestamp(),
      steps: waitingSteps(work.task.spec),
      taskSpec: work.task.spec,
      ...(past.length > 0 && { retriesStatus: [...past] }),
      ...(work.task.source !== undefined && { provenance: { refSource: work.task.source } }),
    };
    const current = (): TaskRunObject => ({
      apiVersion: "tekton.dev/v1",
      kind: "TaskRun",
      metadata: work.metadata,
      spec: { ...work.spec, ...cancelled },
      status,
    });
    if (retry === 0) taskRuns.create(current());
    else taskRuns.update(current());
    const attempt = await runAttempt(context, work, retry, podName, signal, (steps) => {
      status = { ...status, steps };
      taskRuns.update(current());
    }).catch((error: unknown) => ({
      // Such as a full disk: the machine's fault, which the run has to report and not the runner to die of.
      outcome: failure("Failed", error instanceof Error ? error.message : String(error)),
      steps: status.steps,
      results: [],
    }));
    const stop = attempt.outcome.reason === "TaskRunCancelled" ? stopReason(signal) : undefined;
    if (stop !== undefined) {
      const message = statusMessage(stop, work.metadata);
      cancelled = {
        status: "TaskRunCancelled",
        ...(message !== "" && { statusMessage: message }),
      };
    }
    status = {
      ...status,
      conditions: [condition(attempt.outcome)],
      completionTime: timestamp(),
      steps: attempt.steps,
      ...(attempt.results.length > 0 && { results: attempt.results }),
    };
    const again = attempt.outcome.status === "False" && retry < work.retries && !signal.aborted;
    if (!again) return taskRuns.update(current());
    past.push(status);
  }
}
