import { describeProblem } from "../problem.ts";
import { parseDuration } from "../tekton/duration.ts";
import { parseTask } from "../tekton/parse-task.ts";
import type { Variables } from "../tekton/substitute.ts";
import type { TaskSpec } from "../tekton/types.ts";
import { templateClaimName } from "./bind-workspaces.ts";
import { failure } from "./conditions.ts";
import type { RunnerContext } from "./context.ts";
import { describeUnsupported, unsupportedInRun } from "./find-unsupported.ts";
import { resolveReference } from "./resolve-reference.ts";
import { runnableTask } from "./runnable-task.ts";
import type { TaskWork } from "./run-task.ts";
import type { Outcome, RefSource, TaskRunObject } from "./types.ts";

async function taskOf(
  context: RunnerContext,
  run: TaskRunObject,
): Promise<{ name: string; spec: TaskSpec; source?: RefSource } | Outcome> {
  const { taskSpec, taskRef } = run.spec;
  if (taskSpec !== undefined) return { name: run.metadata.name, spec: taskSpec };
  if (taskRef === undefined) {
    return failure("TaskRunValidationFailed", "spec: give a taskRef or a taskSpec");
  }
  const found = await resolveReference(context, taskRef, new Map(), context.tasks, parseTask);
  if (!found.ok) return failure("TaskRunResolutionFailed", describeProblem(found.problem));
  const { value, source } = found.value;
  return {
    name: value.metadata.name,
    spec: value.spec,
    ...(source !== undefined && { source }),
  };
}

/** An embedded spec sees the run's params without declaring them. */
function propagatedParams({ spec }: TaskRunObject): Variables {
  const params = spec.taskSpec === undefined ? [] : (spec.params ?? []);
  return new Map(params.map(({ name, value }) => [`params.${name}`, value]));
}

/** What a TaskRun without a pipeline carries out, checked; or the outcome that it ends with at once. */
export async function resolveTaskRun(
  context: RunnerContext,
  run: TaskRunObject,
): Promise<TaskWork | Outcome> {
  const task = await taskOf(context, run);
  if ("status" in task) return task;
  const unsupported = unsupportedInRun(run);
  if (unsupported.length > 0) {
    return failure("TaskRunValidationFailed", describeUnsupported(unsupported));
  }
  const runnable = await runnableTask(context, task.spec, "the task's spec", new Map());
  if ("fault" in runnable) return failure("TaskRunValidationFailed", runnable.fault);
  const timeout = parseDuration(run.spec.timeout ?? "1h");
  if (!timeout.ok) {
    return failure("TaskRunValidationFailed", `spec.timeout: ${timeout.problem.what}`);
  }
  const workspaces = (run.spec.workspaces ?? []).map(({ volumeClaimTemplate, ...binding }) => {
    const claim = { claimName: templateClaimName(run.metadata.uid, binding.name) };
    return {
      ...binding,
      ...(volumeClaimTemplate !== undefined && { persistentVolumeClaim: claim }),
    };
  });
  return {
    metadata: run.metadata,
    spec: { ...run.spec, workspaces },
    task: { ...task, spec: runnable.spec },
    inherited: propagatedParams(run),
    retries: run.spec.retries ?? 0,
    timeout: timeout.value === 0 ? Number.POSITIVE_INFINITY : timeout.value,
    failureIgnored: false,
  };
}
