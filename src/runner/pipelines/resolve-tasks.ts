import { describeProblem } from "../../problem.ts";
import { inheritedMeta } from "../inherited-meta.ts";
import { readTask } from "../read-definition.ts";
import { resultReferences } from "../../tekton/references.ts";
import type { Variables } from "../../tekton/substitute.ts";
import type { ParamValue, PipelineSpec, PipelineTask, TaskSpec } from "../../tekton/types.ts";
import { failure } from "../conditions.ts";
import type { RunnerContext } from "../context.ts";
import { describeUnsupported, unsupportedInPipelineTask } from "../find-unsupported.ts";
import { resolveReference } from "../resolve-reference.ts";
import { runnableTask } from "../runnable-task.ts";
import type { Resolved, ResolvedTask } from "./resolve-pipeline.ts";

function unsupportedTasks(spec: PipelineSpec): readonly string[] {
  return (["tasks", "finally"] as const).flatMap((group) =>
    (spec[group] ?? []).flatMap((task, index) =>
      unsupportedInPipelineTask(task, `spec.${group}[${index}]`),
    ),
  );
}

/** What the references of steps may name; what only a result gives stays unknown to them. */
function knownParams({ params = [] }: PipelineTask, spec: TaskSpec): Variables {
  const values = new Map<string, ParamValue>();
  for (const { name, default: value } of spec.params ?? []) {
    if (value !== undefined) values.set(`params.${name}`, value);
  }
  for (const { name, value } of params) values.set(`params.${name}`, value);
  return values;
}

/** Whether a task of a pipeline is one itself. */
export function isPipeline({ pipelineRef, pipelineSpec }: PipelineTask): boolean {
  return pipelineRef !== undefined || pipelineSpec !== undefined;
}

async function taskOf(
  context: RunnerContext,
  { name, taskSpec, taskRef }: PipelineTask,
): Promise<Resolved<ResolvedTask>> {
  if (taskSpec !== undefined) return { value: { name, spec: taskSpec, meta: {}, embedded: true } };
  if (taskRef === undefined) {
    const message = `task "${name}": give a taskRef or a taskSpec`;
    return { outcome: failure("PipelineValidationFailed", message) };
  }
  const found = await resolveReference(context, taskRef, new Map(), context.tasks, readTask);
  if (!found.ok) {
    const message = `task "${name}": ${describeProblem(found.problem)}`;
    return { outcome: failure("CouldntGetTask", message) };
  }
  const { value, source } = found.value;
  const { metadata, spec } = value;
  const resolved = { name: metadata.name, spec, meta: inheritedMeta(metadata), embedded: false };
  return { value: { ...resolved, ...(source !== undefined && { source }) } };
}

/** The Task of a pipeline's task, checked; or the outcome of a run that cannot have it. */
export async function resolveTask(
  context: RunnerContext,
  task: PipelineTask,
): Promise<Resolved<ResolvedTask>> {
  const found = await taskOf(context, task);
  if ("outcome" in found) return found;
  const { value } = found;
  const at = `task "${task.name}": spec`;
  const runnable = await runnableTask(context, value.spec, at, knownParams(task, value.spec));
  if ("fault" in runnable) {
    return { outcome: failure("PipelineValidationFailed", runnable.fault) };
  }
  return { value: { ...value, spec: runnable.spec } };
}

/**
 * The Tasks of a pipeline by the names of its tasks, save those that a result will name; or the outcome of a run that
 * cannot have them.
 */
export async function resolveTasks(
  context: RunnerContext,
  spec: PipelineSpec,
): Promise<Resolved<ReadonlyMap<string, ResolvedTask>>> {
  const unsupported = unsupportedTasks(spec);
  if (unsupported.length > 0) {
    return { outcome: failure("PipelineValidationFailed", describeUnsupported(unsupported)) };
  }
  const wanted = [...spec.tasks, ...(spec.finally ?? [])].filter(
    (task) => !isPipeline(task) && resultReferences(task.taskRef).length === 0,
  );
  const found = await Promise.all(wanted.map((task) => resolveTask(context, task)));
  const tasks = new Map<string, ResolvedTask>();
  for (const [index, { name }] of wanted.entries()) {
    const resolved = found[index];
    if (resolved === undefined) continue;
    if ("outcome" in resolved) return resolved;
    tasks.set(name, resolved.value);
  }
  return { value: tasks };
}
