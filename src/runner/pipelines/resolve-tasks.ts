import { describeProblem } from "../../problem.ts";
import { parseTask } from "../../tekton/parse-task.ts";
import type { PipelineSpec, PipelineTask } from "../../tekton/types.ts";
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

async function taskOf(
  context: RunnerContext,
  { name, taskSpec, taskRef }: PipelineTask,
): Promise<Resolved<ResolvedTask>> {
  if (taskSpec !== undefined) return { value: { name, spec: taskSpec, embedded: true } };
  if (taskRef === undefined) {
    const message = `task "${name}": give a taskRef or a taskSpec`;
    return { outcome: failure("PipelineValidationFailed", message) };
  }
  const found = await resolveReference(context, taskRef, new Map(), context.tasks, parseTask);
  if (!found.ok) {
    const message = `task "${name}": ${describeProblem(found.problem)}`;
    return { outcome: failure("CouldntGetTask", message) };
  }
  const { value, source } = found.value;
  const resolved = { name: value.metadata.name, spec: value.spec, embedded: false };
  return { value: { ...resolved, ...(source !== undefined && { source }) } };
}

/** The Tasks of a pipeline by the names of its tasks; or the outcome of a run that cannot have them. */
export async function resolveTasks(
  context: RunnerContext,
  spec: PipelineSpec,
): Promise<Resolved<ReadonlyMap<string, ResolvedTask>>> {
  const unsupported = unsupportedTasks(spec);
  if (unsupported.length > 0) {
    return { outcome: failure("PipelineValidationFailed", describeUnsupported(unsupported)) };
  }
  const wanted = [...spec.tasks, ...(spec.finally ?? [])].filter(
    ({ pipelineRef, pipelineSpec }) => pipelineRef === undefined && pipelineSpec === undefined,
  );
  const found = await Promise.all(wanted.map((task) => taskOf(context, task)));
  const tasks = new Map<string, ResolvedTask>();
  for (const [index, { name }] of wanted.entries()) {
    const resolved = found[index];
    if (resolved === undefined) continue;
    if ("outcome" in resolved) return resolved;
    const at = `task "${name}": spec`;
    const runnable = await runnableTask(context, resolved.value.spec, at, new Map());
    if ("fault" in runnable) {
      return { outcome: failure("PipelineValidationFailed", runnable.fault) };
    }
    tasks.set(name, { ...resolved.value, spec: runnable.spec });
  }
  return { value: tasks };
}
