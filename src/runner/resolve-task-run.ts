import { describeProblem } from "../problem.ts";
import { parseDuration } from "../tekton/duration.ts";
import type { Variables } from "../tekton/substitute.ts";
import { taskParams } from "../tekton/task-params.ts";
import type { Param, TaskSpec } from "../tekton/types.ts";
import { templateClaimName } from "./bind-workspaces.ts";
import { failure } from "./conditions.ts";
import type { RunnerContext } from "./context.ts";
import { describeUnsupported, unsupportedInRun } from "./find-unsupported.ts";
import { inheritedMeta } from "./inherited-meta.ts";
import { readTask } from "./read-definition.ts";
import { resolveReference } from "./resolve-reference.ts";
import { runnableTask } from "./runnable-task.ts";
import { describedMeta } from "./stored-meta.ts";
import type { TaskWork } from "./run-task.ts";
import type { Outcome, RefSource, StoredMeta, TaskRunObject } from "./types.ts";

function paramVariables(params: Iterable<Param>): Variables {
  return new Map([...params].map(({ name, value }) => [`params.${name}`, value]));
}

/** What the references of steps may name; of params that cannot be used an attempt tells. */
function knownParams({ spec }: TaskRunObject, task: TaskSpec): Variables {
  const params = taskParams(task.params ?? [], spec.params ?? []);
  if ("fault" in params) return new Map();
  return paramVariables([...params.values].map(([name, value]) => ({ name, value })));
}

interface FoundTask {
  readonly name: string;
  readonly spec: TaskSpec;
  readonly source?: RefSource;
  /** Of the run, with what it takes over from its Task. */
  readonly metadata: StoredMeta;
}

/** What a TaskRun carries out; or the outcome that it ends with at once, with its Task where that is known. */
export type ResolvedTaskRun =
  { readonly work: TaskWork } | { readonly outcome: Outcome; readonly task?: FoundTask };

async function taskOf(context: RunnerContext, run: TaskRunObject): Promise<FoundTask | Outcome> {
  const { taskSpec, taskRef } = run.spec;
  const { metadata } = run;
  if (taskSpec !== undefined) return { name: metadata.name, metadata, spec: taskSpec };
  if (taskRef === undefined) {
    return failure("TaskRunValidationFailed", "spec: give a taskRef or a taskSpec");
  }
  const given = paramVariables(run.spec.params ?? []);
  const found = await resolveReference(context, taskRef, given, context.tasks, readTask);
  if (!found.ok) return failure("TaskRunResolutionFailed", describeProblem(found.problem));
  const { value, source } = found.value;
  const { name } = value.metadata;
  const { labels, annotations } = inheritedMeta(value.metadata);
  const meta = { labels: { ...labels, "tekton.dev/task": name }, annotations };
  return {
    name,
    metadata: describedMeta(metadata, meta),
    spec: value.spec,
    ...(source !== undefined && { source }),
  };
}

/** What a TaskRun without a pipeline carries out, checked; or the outcome that it ends with at once. */
export async function resolveTaskRun(
  context: RunnerContext,
  run: TaskRunObject,
): Promise<ResolvedTaskRun> {
  const unsupported = unsupportedInRun(run);
  if (unsupported.length > 0) {
    return { outcome: failure("TaskRunValidationFailed", describeUnsupported(unsupported)) };
  }
  const task = await taskOf(context, run);
  if ("status" in task) return { outcome: task };
  const refused = (reason: string, message: string): ResolvedTaskRun => ({
    outcome: failure(reason, message),
    task,
  });
  const known = knownParams(run, task.spec);
  const runnable = await runnableTask(context, task.spec, "the task's spec", known);
  if ("fault" in runnable) return refused(runnable.reason, runnable.fault);
  const timeout = parseDuration(run.spec.timeout ?? "1h");
  if (!timeout.ok) {
    return refused("TaskRunValidationFailed", `spec.timeout: ${timeout.problem.what}`);
  }
  const workspaces = (run.spec.workspaces ?? []).map(({ volumeClaimTemplate, ...binding }) => {
    const claim = { claimName: templateClaimName(run.metadata.uid, binding.name) };
    return {
      ...binding,
      ...(volumeClaimTemplate !== undefined && { persistentVolumeClaim: claim }),
    };
  });
  const work = {
    metadata: task.metadata,
    spec: { ...run.spec, ...(workspaces.length > 0 && { workspaces }) },
    task: { ...task, spec: runnable.spec },
    // An embedded spec sees the run's params without declaring them.
    inherited: paramVariables(run.spec.taskSpec === undefined ? [] : (run.spec.params ?? [])),
    retries: run.spec.retries ?? 0,
    timeout: timeout.value === 0 ? Number.POSITIVE_INFINITY : timeout.value,
    failureIgnored: false,
  };
  return { work };
}
