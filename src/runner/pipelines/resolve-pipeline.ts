import { describeProblem } from "../../problem.ts";
import { inheritedMeta } from "../inherited-meta.ts";
import { readPipeline } from "../read-definition.ts";
import { pipelineParams } from "../../tekton/pipeline-params.ts";
import { runTimeouts, type RunTimeouts } from "../../tekton/run-timeouts.ts";
import { substituteDeep } from "../../tekton/substitute-deep.ts";
import { substituteValue, type Variables } from "../../tekton/substitute.ts";
import type {
  EmbeddedMeta,
  ParamValue,
  PipelineSpec,
  WorkspaceBinding,
} from "../../tekton/types.ts";
import { failure } from "../conditions.ts";
import type { RunnerContext } from "../context.ts";
import { resolveReference } from "../resolve-reference.ts";
import type { RunnableTaskSpec } from "../task-pod.ts";
import type { Outcome, PipelineRunObject, RefSource } from "../types.ts";
import { checkAncestors } from "./check-ancestors.ts";
import { checkPipeline } from "./check-pipeline.ts";
import { fillPipeline } from "./fill-pipeline.ts";
import { propagateWorkspaces } from "./propagate-workspaces.ts";
import { resolveTasks } from "./resolve-tasks.ts";

export interface ResolvedTask {
  readonly name: string;
  readonly spec: RunnableTaskSpec;
  /** What its TaskRuns take over from it. */
  readonly meta: EmbeddedMeta;
  /** Written inside the pipeline, so that it sees the pipeline's variables too. */
  readonly embedded: boolean;
  readonly source?: RefSource;
}

/** A pipeline with everything that it needs at hand and checked: nothing of it can turn out missing half way. */
export interface ResolvedPipeline {
  readonly name: string;
  /** Params, context and workspaces are filled in; results are not yet. */
  readonly spec: PipelineSpec;
  /** The same as the run's status shows it: without the workspaces that embedded specs use and do not declare. */
  readonly shown: PipelineSpec;
  readonly meta: EmbeddedMeta;
  readonly source?: RefSource;
  readonly timeouts: RunTimeouts;
  /** Of the run, its params filled in. */
  readonly bindings: readonly WorkspaceBinding[];
  /** By name of the pipeline's task, finally tasks too; not those that are pipelines themselves, or that a result names. */
  readonly tasks: ReadonlyMap<string, ResolvedTask>;
}

export type Resolved<T> = { readonly value: T } | { readonly outcome: Outcome };

type Found = Pick<ResolvedPipeline, "name" | "spec" | "meta" | "source">;

/** The pipeline of a run as it is written, or the outcome of a run that has none. */
export async function findPipeline(
  context: RunnerContext,
  run: PipelineRunObject,
): Promise<Resolved<Found>> {
  const { pipelineSpec, pipelineRef } = run.spec;
  if (pipelineSpec !== undefined) {
    return { value: { name: run.metadata.name, spec: pipelineSpec, meta: {} } };
  }
  if (pipelineRef === undefined) {
    const message = "spec: give a pipelineRef or a pipelineSpec";
    return { outcome: failure("PipelineValidationFailed", message) };
  }
  const given = new Map(
    (run.spec.params ?? []).map(({ name, value }): [string, ParamValue] => [
      `params.${name}`,
      value,
    ]),
  );
  const found = await resolveReference(
    context,
    { kind: "Pipeline", ...pipelineRef },
    given,
    context.pipelines,
    readPipeline,
  );
  if (!found.ok) {
    const message = `Error retrieving pipeline for pipelinerun ${run.metadata.namespace}/${run.metadata.name}: ${describeProblem(found.problem)}`;
    return { outcome: failure("CouldntGetPipeline", message) };
  }
  const { value, source } = found.value;
  const { metadata, spec } = value;
  const { name } = metadata;
  return {
    value: { name, spec, meta: inheritedMeta(metadata), ...(source !== undefined && { source }) },
  };
}

function pipelineVariables(
  run: PipelineRunObject,
  name: string,
  params: ReadonlyMap<string, ParamValue>,
  spec: PipelineSpec,
): Variables {
  const bound = (run.spec.workspaces ?? []).map((binding) => [binding.name, "true"] as const);
  const declared = (spec.workspaces ?? []).map((workspace) => [workspace.name, "false"] as const);
  const known = new Map<string, ParamValue>([
    ["context.pipelineRun.name", run.metadata.name],
    ["context.pipelineRun.namespace", run.metadata.namespace],
    ["context.pipelineRun.uid", run.metadata.uid],
    ["context.pipeline.name", name],
    ...[...declared, ...bound].map(([workspace, value]): [string, ParamValue] => [
      `workspaces.${workspace}.bound`,
      value,
    ]),
  ]);
  // As in a Task, params are filled in before all the rest.
  const filled = [...params].map(([param, value]): [string, ParamValue] => [
    `params.${param}`,
    substituteValue(value, known),
  ]);
  return new Map([...known, ...filled]);
}

/**
 * Everything that a PipelineRun needs beside its pipeline, read and checked before anything starts; or the outcome that
 * it ends with, with Tekton's reason for it.
 */
export async function resolvePipeline(
  context: RunnerContext,
  run: PipelineRunObject,
  found: Found,
): Promise<Resolved<ResolvedPipeline>> {
  const { name, spec: written } = found;
  const invalid = (message: string): Resolved<never> => ({
    outcome: failure("PipelineValidationFailed", message),
  });
  const timeouts = runTimeouts(run.spec.timeouts);
  if (!timeouts.ok) return invalid(`spec.timeouts: ${timeouts.problem.what}`);
  const params = pipelineParams(written.params ?? [], run.spec.params ?? []);
  if ("fault" in params) return { outcome: failure(params.fault.reason, params.fault.message) };

  const variables = pipelineVariables(run, name, params.values, written);
  const filled = fillPipeline(written, variables);
  const spec = {
    ...filled,
    tasks: filled.tasks.map(propagateWorkspaces),
    ...(filled.finally !== undefined && { finally: filled.finally.map(propagateWorkspaces) }),
  };
  const tasks = await resolveTasks(context, spec);
  if ("outcome" in tasks) return tasks;
  const bindings = substituteDeep(run.spec.workspaces ?? [], variables);
  const resolved = {
    ...found,
    spec,
    shown: filled,
    timeouts: timeouts.value,
    bindings,
    tasks: tasks.value,
  };
  const fault = (await checkPipeline(run, resolved)) ?? checkAncestors(context.store, run, spec);
  return fault === undefined ? { value: resolved } : { outcome: fault };
}
