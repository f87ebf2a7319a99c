import type { NodePath } from "../../yaml/types.ts";
import type { PipelineSpec, PipelineTask, TaskSpec } from "../types.ts";
import type { FindTask } from "./given-type.ts";
import { variablesOfParams, variablesOfSteps, variablesOfTask } from "./pipeline-strings.ts";
import type { PlacedVariable } from "./placed-variables.ts";
import { placedTasks } from "./placed-task.ts";
import { taskParamFaults } from "./task-param-faults.ts";
import { resultFaults, tasksByName } from "./task-variable-faults.ts";
import type { TasksByName } from "./task-variable-faults.ts";
import { taskWorkspaceFaults } from "./task-workspace-faults.ts";
import type { TektonFault } from "./tekton-fault.ts";

/**
 * What a pipeline whose spec stands at `at` and the Tasks that it refers to do not agree on: params, workspaces and
 * results. `findTask` gives a Task where it is known; nothing is said of the others.
 */
export function taskUseFaults(spec: PipelineSpec, at: NodePath, findTask: FindTask): TektonFault[] {
  const found = new Map<PipelineTask, TaskSpec | undefined>();
  const taskOf = (task: PipelineTask) => {
    if (!found.has(task)) found.set(task, task.taskSpec ?? findTask(task));
    return found.get(task);
  };
  const around = { pipeline: spec, taskOf };
  const tasks = placedTasks(spec, at);
  const names = tasksByName(spec);
  const uses = [
    ...tasks.flatMap((placed) => [...variablesOfTask(placed), ...variablesOfSteps(placed)]),
    ...variablesOfParams(spec.results, [...at, "results"]),
  ];
  return [
    ...tasks.flatMap((placed) => {
      const task = taskOf(placed.task);
      if (task === undefined) return [];
      return [...taskParamFaults(placed, task, around), ...taskWorkspaceFaults(placed, task, spec)];
    }),
    ...uses.flatMap((use) => resultUseFaults(use, names, taskOf)),
  ];
}

/** What a pipeline takes from a Task that stands elsewhere; results of embedded tasks are its own business. */
function resultUseFaults(use: PlacedVariable, names: TasksByName, taskOf: FindTask): TektonFault[] {
  const [root, name = "", field] = use.variable.parts;
  if ((root !== "tasks" && root !== "finally") || field !== "results") return [];
  const task = names[root].get(name);
  const taskSpec = task === undefined || task.taskSpec !== undefined ? undefined : taskOf(task);
  if (task === undefined || taskSpec === undefined) return [];
  return resultFaults(use, { ...task, taskSpec }).filter(({ rule }) => rule !== "pipeline-matrix");
}
