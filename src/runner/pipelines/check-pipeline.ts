import { findCycle, pipelineDependencies } from "../../tekton/pipeline-graph.ts";
import { resultReferences } from "../../tekton/references.ts";
import type { PipelineSpec, PipelineTask } from "../../tekton/types.ts";
import { failure } from "../conditions.ts";
import type { Outcome, PipelineRunObject } from "../types.ts";
import { paramsFault } from "./check-task-params.ts";
import { evaluateWhen } from "./evaluate-when.ts";
import type { ResolvedPipeline } from "./resolve-pipeline.ts";

type Check = (
  run: PipelineRunObject,
  pipeline: ResolvedPipeline,
) => Outcome | undefined | Promise<Outcome | undefined>;

function allTasks({ tasks, finally: lastly = [] }: PipelineSpec): readonly PipelineTask[] {
  return [...tasks, ...lastly];
}

function duplicateName(spec: PipelineSpec): string | undefined {
  const names = allTasks(spec).map((task) => task.name);
  return names.find((name, index) => names.indexOf(name) !== index);
}

const checkGraph: Check = (_run, { spec }) => {
  const double = duplicateName(spec);
  if (double !== undefined) {
    return failure("PipelineValidationFailed", `two tasks are named "${double}"`);
  }
  const dependencies = pipelineDependencies(spec);
  for (const [name, wanted] of dependencies) {
    const missing = [...wanted].find((dependency) => !dependencies.has(dependency));
    if (missing === undefined) continue;
    const message = `task "${name}" waits for "${missing}", which is no task`;
    return failure("PipelineInvalidGraph", message);
  }
  const cycle = findCycle(dependencies);
  if (cycle === undefined) return undefined;
  return failure("PipelineInvalidGraph", `tasks wait for each other: ${cycle.join(" -> ")}`);
};

const checkWorkspaces: Check = (run, { spec, bindings }) => {
  const bound = new Set(bindings.map(({ name }) => name));
  const unbound = (spec.workspaces ?? []).find(
    ({ name, optional = false }) => !optional && !bound.has(name),
  );
  if (unbound === undefined) return undefined;
  const { namespace, name } = run.metadata;
  const message = `PipelineRun ${namespace}/${name} doesn't bind its Pipeline's Workspaces correctly: pipeline requires workspace with name "${unbound.name}" be provided by pipelinerun`;
  return failure("InvalidWorkspaceBindings", message);
};

const checkTaskRunSpecs: Check = (run, { spec }) => {
  const names = allTasks(spec).map(({ name }) => name);
  const wrong = (run.spec.taskRunSpecs ?? []).find(
    ({ pipelineTaskName = "" }) => !names.includes(pipelineTaskName),
  );
  if (wrong === undefined) return undefined;
  const { namespace, name } = run.metadata;
  const message = `PipelineRun ${namespace}/${name} doesn't define taskRunSpecs correctly: pipelineRun's taskrunSpecs defined wrong taskName: "${wrong.pipelineTaskName ?? ""}", does not exist in Pipeline`;
  return failure("InvalidTaskRunSpecs", message);
};

const checkParams: Check = (run, { spec, tasks }) => {
  for (const task of allTasks(spec)) {
    const target = tasks.get(task.name);
    const fault = target === undefined ? undefined : paramsFault(task, target.spec.params ?? []);
    if (fault === undefined) continue;
    const message = `Validation failed for pipelinerun ${run.metadata.name} with error invalid input params for task ${task.name}: ${fault}`;
    return failure("PipelineValidationFailed", message);
  }
  return undefined;
};

/** With what is known before anything runs: an expression that cannot be evaluated then never starts anything. */
const checkExpressions: Check = async (run, { spec }) => {
  for (const { when = [] } of allTasks(spec)) {
    const found = await evaluateWhen(
      when.filter(({ cel }) => cel !== undefined),
      new Map(),
    );
    if (found.ok) continue;
    const message = `Error evaluating CEL ${run.metadata.name}: ${found.problem.what}`;
    return failure("CELEvaluationFailed", message);
  }
  return undefined;
};

const checkTaskWorkspaces: Check = (_run, { spec, tasks, bindings }) => {
  const bound = new Set(bindings.map(({ name }) => name));
  const optional = new Set(
    (spec.workspaces ?? []).flatMap((one) => (one.optional === true ? [one.name] : [])),
  );
  for (const task of allTasks(spec)) {
    const declared = tasks.get(task.name)?.spec.workspaces ?? [];
    const given = task.workspaces ?? [];
    const mapped = new Map(given.map((one) => [one.name, one.workspace ?? one.name]));
    // Tekton minds this only where the pipeline's workspace is written beside the task's.
    const written = new Map(given.map((one) => [one.name, one.workspace ?? ""]));
    for (const { name, optional: mayBeUnbound = false } of declared) {
      if (mayBeUnbound) continue;
      const workspace = mapped.get(name);
      // Its TaskRun is told.
      if (workspace === undefined) continue;
      if (optional.has(written.get(name) ?? "")) {
        const message = `Optional workspace not supported by task: pipeline workspace "${workspace}" is marked optional but pipeline task "${task.name}" requires it be provided`;
        return failure("RequiredWorkspaceMarkedOptional", message);
      }
      if (bound.has(workspace)) continue;
      const message = `expected workspace "${workspace}" to be provided by pipelinerun for pipeline task "${task.name}"`;
      return failure("CreateRunFailed", message);
    }
  }
  return undefined;
};

/** What is wrong with a reference to a result, unless its task is a pipeline, of which that is not known. */
function resultFault(
  { tasks, spec }: ResolvedPipeline,
  reference: { readonly task: string; readonly result: string },
): string | undefined {
  const producer = tasks.get(reference.task);
  if (producer === undefined) {
    const isTask = allTasks(spec).some(({ name }) => name === reference.task);
    return isTask ? undefined : `referenced pipeline task "${reference.task}" does not exist`;
  }
  if (producer.spec.results?.some(({ name }) => name === reference.result) === true)
    return undefined;
  return `"${reference.result}" is not a named result returned by pipeline task "${reference.task}"`;
}

const checkResults: Check = (run, pipeline) => {
  for (const { name, params, when, matrix, taskSpec } of allTasks(pipeline.spec)) {
    const used = resultReferences([params, when, matrix, taskSpec?.steps]);
    const fault = used.map((one) => resultFault(pipeline, one)).find((one) => one !== undefined);
    if (fault === undefined) continue;
    const message = `invalid result reference in pipeline task "${name}": ${fault}`;
    return failure("InvalidTaskResultReference", message);
  }
  for (const { name, value } of pipeline.spec.results ?? []) {
    const used = resultReferences(value);
    const fault = used.map((one) => resultFault(pipeline, one)).find((one) => one !== undefined);
    if (fault === undefined) continue;
    const message = `Failed to resolve pipeline result reference for "${run.metadata.name}" with error invalid pipeline result "${name}": ${fault}`;
    return failure("InvalidPipelineResultReference", message);
  }
  return undefined;
};

/** In Tekton's order, as the first fault gives the reason. */
const checks: readonly Check[] = [
  checkGraph,
  checkWorkspaces,
  checkTaskRunSpecs,
  checkParams,
  checkExpressions,
  checkResults,
  checkTaskWorkspaces,
];

/** The first fault that would only show while a pipeline runs: its graph, workspaces, params and results against its Tasks. */
export async function checkPipeline(
  run: PipelineRunObject,
  pipeline: ResolvedPipeline,
): Promise<Outcome | undefined> {
  for (const check of checks) {
    const fault = await check(run, pipeline);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
