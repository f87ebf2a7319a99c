import type { Param, PipelineTask } from "../../tekton/types.ts";
import { substituteText } from "../../tekton/substitute.ts";
import { childName } from "../child-name.ts";
import { failure } from "../conditions.ts";
import { runTask } from "../run-task.ts";
import type { ChildReference, Outcome, PipelineRunObject, TaskRunObject } from "../types.ts";
import { paramsFault } from "./check-task-params.ts";
import { childRun } from "./child-run.ts";
import type { ReadyTask } from "./decide-task.ts";
import type { Execution, Group } from "./execution.ts";
import { pipelineTaskWork } from "./pipeline-task-work.ts";
import type { Resolved, ResolvedTask } from "./resolve-pipeline.ts";
import { isPipeline, resolveTask } from "./resolve-tasks.ts";
import { createRunControl } from "./run-control.ts";
import type { TaskState } from "./schedule.ts";

type Child = TaskRunObject | PipelineRunObject;

/** Of a run that a matrix gives many: the numbered name; else that of the task alone. */
function nameOf(run: PipelineRunObject, task: PipelineTask, index: number, count: number): string {
  const name = count === 1 ? task.name : `${task.name}-${index}`;
  return childName(run.metadata.name, name);
}

function displayNameOf(
  { displayName, matrix }: PipelineTask,
  params: readonly Param[],
): string | undefined {
  const variables = new Map(params.map(({ name, value }) => [`params.${name}`, value]));
  const named = (matrix?.include ?? []).filter(
    (one) =>
      one.name !== undefined &&
      (one.params ?? []).every(({ name, value }) => variables.get(`params.${name}`) === value),
  );
  if (named.length > 0) {
    return named.map(({ name = "" }) => substituteText(name, variables)).join(" ");
  }
  return displayName === undefined ? undefined : substituteText(displayName, variables);
}

function referenceTo(
  kind: ChildReference["kind"],
  name: string,
  task: PipelineTask,
  params: readonly Param[],
): ChildReference {
  const displayName = displayNameOf(task, [...params, ...(task.params ?? [])]);
  return {
    apiVersion: "tekton.dev/v1",
    kind,
    name,
    ...(displayName !== undefined && { displayName }),
    pipelineTaskName: task.name,
    ...(task.when !== undefined && task.when.length > 0 && { whenExpressions: task.when }),
  };
}

/** Where a task stands whose runs have all ended. */
function stateOf(runs: readonly Child[], task: PipelineTask): TaskState {
  const ends = runs.map((run) => {
    const condition = run.status?.conditions[0];
    const reason = condition?.reason ?? "";
    const stopped = run.kind === "TaskRun" && reason === "TaskRunCancelled";
    const late = stopped && run.spec.statusMessage?.endsWith("has timed out.") === true;
    return { succeeded: condition?.status === "True", reason, stopped, late };
  });
  const bad = ends.find(({ succeeded }) => !succeeded);
  if (bad === undefined) return { phase: "succeeded", reason: ends[0]?.reason ?? "" };
  const { reason } = bad;
  if (ends.some(({ late }) => late)) return { phase: "failed", reason };
  if (ends.some(({ stopped }) => stopped)) return { phase: "cancelled", reason };
  return { phase: task.onError === "continue" ? "ignored" : "failed", reason };
}

async function runChildPipeline(
  execution: Execution,
  task: PipelineTask,
  group: Group,
  name: string,
): Promise<PipelineRunObject> {
  const { context, run, pipeline, runChild } = execution;
  const control = createRunControl();
  const stop = (): void => control.stop("Cancelled");
  group.signal.addEventListener("abort", stop, { once: true });
  if (group.signal.aborted) stop();
  const child = context.store.pipelineRuns.create(childRun(run, pipeline, task, name));
  const ended = await runChild(child, control);
  group.signal.removeEventListener("abort", stop);
  return ended;
}

/** The Task that only a result named, looked for when it is due and held to what the task gives it. */
async function lateTask(
  context: Execution["context"],
  task: PipelineTask,
): Promise<Resolved<ResolvedTask>> {
  const found = await resolveTask(context, task);
  if ("outcome" in found) return found;
  const fault = paramsFault(task, found.value.spec.params ?? []);
  if (fault === undefined) return found;
  const message = `invalid input params for task ${task.name}: ${fault}`;
  return { outcome: failure("PipelineValidationFailed", message) };
}

/**
 * Runs a task, each combination of its matrix side by side, until all have ended. Gives the outcome of the whole run
 * where its Task cannot be had.
 */
export async function launchTask(
  { task, combinations }: ReadyTask,
  group: Group,
  execution: Execution,
): Promise<Outcome | undefined> {
  const { context, run, pipeline, progress, control } = execution;
  let resolved = pipeline.tasks.get(task.name);
  if (resolved === undefined && !isPipeline(task)) {
    const late = await lateTask(context, task);
    if ("outcome" in late) return late.outcome;
    resolved = late.value;
  }
  const runs = combinations.map((params, index) => ({
    params,
    name: nameOf(run, task, index, combinations.length),
  }));
  const kind = resolved === undefined ? "PipelineRun" : "TaskRun";
  progress.children.set(
    task.name,
    runs.map(({ name, params }) => referenceTo(kind, name, task, params)),
  );
  const target = resolved;
  const children = runs.map(async ({ name, params }): Promise<Child> => {
    if (target === undefined) return runChildPipeline(execution, task, group, name);
    const work = pipelineTaskWork(run, pipeline, task, target, group.memberOf, name, params);
    return context.queue.add(() => runTask(context, work, group.signal), { throwOnTimeout: true });
  });
  const ended = await Promise.all(children);
  const state = stateOf(ended, task);
  progress.runs.set(task.name, ended);
  progress.states.set(task.name, state);
  const failed = state.phase === "failed" || state.phase === "cancelled";
  if (failed && group.memberOf === "tasks" && control.timedOut !== "pipeline") control.taskFailed();
  execution.report();
  return undefined;
}
