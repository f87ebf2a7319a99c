import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describeProblem } from "../problem.ts";
import { taskParams } from "../tekton/task-params.ts";
import { checkPod } from "./check-pod.ts";
import { failure } from "./conditions.ts";
import type { RunnerContext } from "./context.ts";
import { createPod } from "./create-pod.ts";
import { readArtifacts } from "./read-artifacts.ts";
import { runSteps, type StepsEnd } from "./run-steps.ts";
import { longestTimer } from "./run-step.ts";
import type { TaskWork } from "./run-task.ts";
import { shownSpec } from "./shown-spec.ts";
import { startSidecars, type SidecarFailure, type Sidecars } from "./sidecars/start-sidecars.ts";
import { fetchImages } from "./steps/fetch-images.ts";
import { waitingSteps } from "./steps/step-status.ts";
import { stopOutcome, stopReason } from "./stop-outcome.ts";
import type { TaskPod } from "./task-pod.ts";
import { taskResults } from "./task-results.ts";
import type { Outcome, StepStatus, StopReason, TaskRunStatus } from "./types.ts";

/** What an attempt changes in its TaskRun's status. */
export type AttemptStatus = Partial<
  Pick<TaskRunStatus, "podName" | "steps" | "sidecars" | "results" | "artifacts" | "taskSpec">
>;

export interface Attempt {
  readonly outcome: Outcome;
  readonly status: AttemptStatus;
}

function outcomeOf(
  end: StepsEnd,
  sidecar: SidecarFailure | undefined,
  stop: StopReason | undefined,
  work: TaskWork,
): Outcome {
  const ignored = work.failureIgnored ? "FailureIgnored" : undefined;
  if (end.failed === undefined) {
    if (sidecar?.endsPod === true) return failure(ignored ?? "SidecarFailed", sidecar.message);
    return { status: "True", reason: "Succeeded", message: "All Steps have completed executing" };
  }
  if (stop !== undefined) return stopOutcome(stop, work);
  // Tekton takes a sidecar that failed for the reason why a step did.
  if (sidecar !== undefined) return failure(ignored ?? "SidecarFailed", sidecar.message);
  return failure(ignored ?? "StepFailed", end.failed.message);
}

/** A signal that is aborted with this one, or, for the reason of a timeout, after so many milliseconds. */
function limited(
  signal: AbortSignal,
  milliseconds: number,
): { readonly signal: AbortSignal; clear(): void } {
  if (!Number.isFinite(milliseconds)) return { signal, clear: () => undefined };
  const timer = new AbortController();
  const timeout = setTimeout(
    () => timer.abort("timeout" satisfies StopReason),
    Math.min(milliseconds, longestTimer),
  );
  return {
    signal: AbortSignal.any([signal, timer.signal]),
    clear: () => clearTimeout(timeout),
  };
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
}

function withoutResults(step: StepStatus): StepStatus {
  const { results, ...rest } = step;
  return results === undefined ? step : rest;
}

/** What an attempt left. One that was cancelled, or out of time, has no results: its pod is gone before they are read. */
function collect(
  pod: TaskPod,
  tekton: string,
  end: StepsEnd,
  outcome: Outcome,
  sidecars: Sidecars,
  isStopped: boolean,
): Attempt {
  const status = {
    steps: isStopped ? end.steps.map(withoutResults) : end.steps,
    ...(sidecars.statuses.length > 0 && { sidecars: sidecars.statuses }),
  };
  if (isStopped) return { outcome, status };
  const results = taskResults(pod.spec, join(tekton, "results"), end, pod.maxResultSize);
  const artifacts = readArtifacts(join(tekton, "artifacts"), end.files);
  const problem = [results, artifacts].find((one) => !one.ok);
  if (!results.ok || !artifacts.ok) {
    const what = problem?.ok === false ? problem.problem.what : "";
    const refused = failure("TaskRunValidationFailed", what);
    const told = { ...status, artifacts: artifacts.ok ? artifacts.value : {} };
    return { outcome: outcome.status === "False" ? outcome : refused, status: told };
  }
  return {
    outcome,
    status: {
      ...status,
      ...(results.value.length > 0 && { results: results.value }),
      artifacts: artifacts.value,
    },
  };
}

/**
 * Carries out one attempt of a TaskRun: sidecars, steps, results; nothing of it is left when it ends. `report` hears
 * every change of its status.
 */
export async function runAttempt(
  context: RunnerContext,
  work: TaskWork,
  retry: number,
  podName: string,
  signal: AbortSignal,
  report: (status: AttemptStatus) => void,
): Promise<Attempt> {
  const refused = (reason: string, message: string, status: AttemptStatus = {}): Attempt => ({
    outcome: failure(reason, message),
    status,
  });
  const stopped = stopReason(signal);
  if (stopped !== undefined) return { outcome: stopOutcome(stopped, work), status: {} };
  const params = taskParams(work.task.spec.params ?? [], work.spec.params ?? []);
  if ("fault" in params) {
    const { reason, message } = params.fault;
    return refused(reason === "InvalidParamValue" ? reason : "TaskRunValidationFailed", message);
  }
  const root = join(context.stateDirectory, "tasks", `${work.metadata.uid}-${retry}`);
  try {
    const made = await createPod(context, work, { root, podName, retry }, params.values);
    if (!made.ok) return refused("TaskRunValidationFailed", describeProblem(made.problem));
    const pod = made.value;
    const taskSpec = shownSpec(pod, context.isolation);
    const fault = checkPod(pod, work.metadata.name, context.isolation);
    if (fault !== undefined) return refused(fault.reason, fault.message, { taskSpec });
    mkdirSync(pod.logDirectory, { recursive: true });
    const begun = { podName, taskSpec };
    const limit = limited(signal, work.timeout);
    const missing = await fetchImages(context.isolation, pod, work.metadata.name, limit.signal);
    if (missing !== undefined) {
      limit.clear();
      const status = { ...begun, steps: waitingSteps(pod.spec) };
      return refused("TaskRunImagePullFailed", missing, status);
    }
    const sidecars = await startSidecars(context, pod, limit.signal);
    if (sidecars.refusal !== undefined) {
      limit.clear();
      await sidecars.stop();
      return refused("PodCreationFailed", sidecars.refusal);
    }
    const tell = (steps: readonly StepStatus[]): void => {
      const beside = sidecars.statuses.length > 0 && { sidecars: sidecars.statuses };
      report({ ...begun, steps, ...beside });
    };
    if (sidecars.statuses.length > 0) {
      tell(waitingSteps(pod.spec));
      await Promise.race([sidecars.ready, untilAborted(limit.signal)]);
    }
    const end = await runSteps(context, pod, limit.signal, tell).catch(async (error: unknown) => {
      await sidecars.stop();
      throw error;
    });
    limit.clear();
    const sidecarFailure = await sidecars.stop();
    const stop = end.failed === undefined ? undefined : stopReason(limit.signal);
    const outcome = outcomeOf(end, sidecarFailure, stop, work);
    const tekton = context.isolation.locate(pod.directories.tekton, "/tekton");
    return collect(pod, tekton, end, outcome, sidecars, stop !== undefined);
  } finally {
    context.trash.discard(root);
  }
}
