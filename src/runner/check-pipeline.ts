import { findCycle, pipelineDependencies } from "../tekton/pipeline-graph.ts";
import { resultReferences } from "../tekton/references.ts";
import type { PipelineSpec, PipelineTask, TaskSpec, WorkspaceBinding } from "../tekton/types.ts";
import { failure } from "./conditions.ts";
import type { Outcome } from "./types.ts";

type Tasks = ReadonlyMap<string, { readonly spec: TaskSpec; readonly embedded: boolean }>;

function duplicateName(spec: PipelineSpec): string | undefined {
  const names = [...spec.tasks, ...(spec.finally ?? [])].map((task) => task.name);
  return names.find((name, index) => names.indexOf(name) !== index);
}

function checkGraph(spec: PipelineSpec): Outcome | undefined {
  const double = duplicateName(spec);
  if (double !== undefined) {
    return failure("PipelineValidationFailed", `two tasks are named "${double}"`);
  }
  const dependencies = pipelineDependencies(spec);
  for (const [name, wanted] of dependencies) {
    const missing = [...wanted].find((dependency) => !dependencies.has(dependency));
    if (missing === undefined) continue;
    return failure(
      "PipelineInvalidGraph",
      `task "${name}" waits for "${missing}", which is no task`,
    );
  }
  const cycle = findCycle(dependencies);
  if (cycle === undefined) return undefined;
  return failure("PipelineInvalidGraph", `tasks wait for each other: ${cycle.join(" -> ")}`);
}

function checkTask(
  task: PipelineTask,
  tasks: Tasks,
  bound: ReadonlySet<string>,
): Outcome | undefined {
  const target = tasks.get(task.name);
  if (target === undefined) return undefined;
  const given = new Set((task.params ?? []).map((param) => param.name));
  const missing = (target.spec.params ?? []).find(
    (param) => param.default === undefined && !given.has(param.name),
  );
  if (missing !== undefined && !target.embedded) {
    const message = `task "${task.name}" gives no value for the param "${missing.name}"`;
    return failure("ParameterMissing", message);
  }
  const mapped = new Map(
    (task.workspaces ?? []).map((one) => [one.name, one.workspace ?? one.name]),
  );
  for (const { name, optional = false } of target.spec.workspaces ?? []) {
    if (optional || bound.has(mapped.get(name) ?? "")) continue;
    const message = `task "${task.name}": its workspace "${name}" is not bound`;
    return failure("InvalidWorkspaceBindings", message);
  }
  for (const reference of resultReferences([task.params, task.when])) {
    const results = tasks.get(reference.task)?.spec.results ?? [];
    if (results.some((result) => result.name === reference.result)) continue;
    const message = `task "${task.name}" uses the result "${reference.result}", which task "${reference.task}" does not declare`;
    return failure("InvalidTaskResultReference", message);
  }
  return undefined;
}

/** The first fault that would only show while a pipeline runs: its graph, workspaces, params and results against its Tasks. */
export function checkPipeline(
  spec: PipelineSpec,
  tasks: Tasks,
  bindings: readonly WorkspaceBinding[],
): Outcome | undefined {
  const graph = checkGraph(spec);
  if (graph !== undefined) return graph;
  const bound = new Set(bindings.map((binding) => binding.name));
  const unbound = (spec.workspaces ?? []).find(
    ({ name, optional = false }) => !optional && !bound.has(name),
  );
  if (unbound !== undefined) {
    return failure(
      "InvalidWorkspaceBindings",
      `the pipeline's workspace "${unbound.name}" is not bound`,
    );
  }
  for (const task of [...spec.tasks, ...(spec.finally ?? [])]) {
    const fault = checkTask(task, tasks, bound);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
