import { describeProblem } from "../problem.ts";
import { parsePipeline } from "../tekton/parse-pipeline.ts";
import { parseTask } from "../tekton/parse-task.ts";
import { resolveParams } from "../tekton/resolve-params.ts";
import { runTimeouts, type RunTimeouts } from "../tekton/run-timeouts.ts";
import type { Variables } from "../tekton/substitute.ts";
import type { ParamValue, PipelineSpec, PipelineTask, TaskSpec } from "../tekton/types.ts";
import { checkPipeline } from "./check-pipeline.ts";
import { failure } from "./conditions.ts";
import type { RunnerContext } from "./context.ts";
import {
  describeUnsupported,
  unsupportedInPipelineTask,
  unsupportedInRun,
  unsupportedInTask,
} from "./find-unsupported.ts";
import { resolveReference } from "./resolve-reference.ts";
import type { Outcome, PipelineRunObject, RefSource } from "./types.ts";

export interface ResolvedTask {
  readonly name: string;
  readonly spec: TaskSpec;
  /** Written inside the pipeline, so that it sees the pipeline's variables too. */
  readonly embedded: boolean;
  readonly source?: RefSource;
}

/** A pipeline with everything that it needs at hand and checked: nothing of it can turn out missing half way. */
export interface ResolvedPipeline {
  readonly name: string;
  readonly spec: PipelineSpec;
  readonly source?: RefSource;
  readonly timeouts: RunTimeouts;
  /** `params.*`, `context.*`, `workspaces.*` of the pipeline. */
  readonly variables: Variables;
  /** By name of the pipeline's task, finally tasks too. */
  readonly tasks: ReadonlyMap<string, ResolvedTask>;
}

type Outcomes<T> = { readonly value: T } | { readonly outcome: Outcome };

async function pipelineOf(
  context: RunnerContext,
  run: PipelineRunObject,
): Promise<Outcomes<{ name: string; spec: PipelineSpec; source?: RefSource }>> {
  const { pipelineSpec, pipelineRef } = run.spec;
  if (pipelineSpec !== undefined) return { value: { name: run.metadata.name, spec: pipelineSpec } };
  if (pipelineRef === undefined) {
    return {
      outcome: failure("PipelineValidationFailed", "spec: give a pipelineRef or a pipelineSpec"),
    };
  }
  const found = await resolveReference(
    context,
    pipelineRef,
    new Map(),
    context.pipelines,
    parsePipeline,
  );
  if (!found.ok) return { outcome: failure("CouldntGetPipeline", describeProblem(found.problem)) };
  const { value, source } = found.value;
  return {
    value: { name: value.metadata.name, spec: value.spec, ...(source !== undefined && { source }) },
  };
}

function pipelineVariables(
  run: PipelineRunObject,
  name: string,
  params: ReadonlyMap<string, ParamValue>,
  spec: PipelineSpec,
): Variables {
  const bound = new Set((run.spec.workspaces ?? []).map((binding) => binding.name));
  return new Map<string, ParamValue>([
    ["context.pipelineRun.name", run.metadata.name],
    ["context.pipelineRun.namespace", run.metadata.namespace],
    ["context.pipelineRun.uid", run.metadata.uid],
    ["context.pipeline.name", name],
    ...[...params].map(([param, value]): [string, ParamValue] => [`params.${param}`, value]),
    ...(spec.workspaces ?? []).map((workspace): [string, ParamValue] => [
      `workspaces.${workspace.name}.bound`,
      String(bound.has(workspace.name)),
    ]),
  ]);
}

async function taskOf(
  context: RunnerContext,
  task: PipelineTask,
  variables: Variables,
): Promise<Outcomes<ResolvedTask>> {
  if (task.taskSpec !== undefined) {
    return { value: { name: task.name, spec: task.taskSpec, embedded: true } };
  }
  if (task.taskRef === undefined) {
    const message = `task "${task.name}": give a taskRef or a taskSpec`;
    return { outcome: failure("PipelineValidationFailed", message) };
  }
  const found = await resolveReference(context, task.taskRef, variables, context.tasks, parseTask);
  if (!found.ok) {
    const message = `task "${task.name}": ${describeProblem(found.problem)}`;
    return { outcome: failure("CouldntGetTask", message) };
  }
  const { value, source } = found.value;
  return {
    value: {
      name: value.metadata.name,
      spec: value.spec,
      embedded: false,
      ...(source !== undefined && { source }),
    },
  };
}

function unsupportedTasks(spec: PipelineSpec): readonly string[] {
  return (["tasks", "finally"] as const).flatMap((group) =>
    (spec[group] ?? []).flatMap((task, index) =>
      unsupportedInPipelineTask(task, `spec.${group}[${index}]`),
    ),
  );
}

/**
 * Everything that a PipelineRun needs, read and checked before anything starts; or the outcome that it ends with,
 * with Tekton's reason for it.
 */
export async function resolvePipeline(
  context: RunnerContext,
  run: PipelineRunObject,
): Promise<Outcomes<ResolvedPipeline>> {
  const pipeline = await pipelineOf(context, run);
  if ("outcome" in pipeline) return pipeline;
  const { name, spec, source } = pipeline.value;

  const unsupported = [...unsupportedInRun(run), ...unsupportedTasks(spec)];
  if (unsupported.length > 0) {
    return { outcome: failure("PipelineValidationFailed", describeUnsupported(unsupported)) };
  }
  const timeouts = runTimeouts(run.spec.timeouts);
  if (!timeouts.ok) {
    const message = `spec.timeouts: ${timeouts.problem.what}`;
    return { outcome: failure("PipelineValidationFailed", message) };
  }
  const params = resolveParams(spec.params ?? [], run.spec.params ?? []);
  if ("fault" in params) return { outcome: failure(params.fault.reason, params.fault.message) };

  const variables = pipelineVariables(run, name, params.values, spec);
  const tasks = new Map<string, ResolvedTask>();
  const wanted = [...spec.tasks, ...(spec.finally ?? [])];
  const found = await Promise.all(wanted.map((task) => taskOf(context, task, variables)));
  for (const [index, task] of wanted.entries()) {
    const resolved = found[index];
    if (resolved === undefined) continue;
    if ("outcome" in resolved) return resolved;
    const fields = unsupportedInTask(resolved.value.spec, `task "${task.name}": spec`);
    if (fields.length > 0) {
      return { outcome: failure("PipelineValidationFailed", describeUnsupported(fields)) };
    }
    tasks.set(task.name, resolved.value);
  }
  const fault = checkPipeline(spec, tasks, run.spec.workspaces ?? []);
  if (fault !== undefined) return { outcome: fault };
  return {
    value: {
      name,
      spec,
      timeouts: timeouts.value,
      variables,
      tasks,
      ...(source !== undefined && { source }),
    },
  };
}
