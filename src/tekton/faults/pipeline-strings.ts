import type { NodePath } from "../../yaml/types.ts";
import type { Param, ParamValue } from "../types.ts";
import type { PlacedTask } from "./placed-task.ts";
import { placedVariables } from "./placed-variables.ts";
import type { PlacedVariable } from "./placed-variables.ts";

/** The variables that a pipeline fills in for one of its tasks. */
export function variablesOfTask({ task, at }: PlacedTask): readonly PlacedVariable[] {
  const { params, matrix, when = [], workspaces = [], taskRef, displayName, onError } = task;
  return [
    ...variablesOfParams(params, [...at, "params"]),
    ...variablesOfParams(matrix?.params, [...at, "matrix", "params"]),
    ...(matrix?.include ?? []).flatMap(({ params: added }, index) =>
      placedVariables(added, [...at, "matrix", "include", index, "params"], "text"),
    ),
    ...when.flatMap(({ input, cel, values }, index) => [
      ...placedVariables(input, [...at, "when", index, "input"], "text"),
      ...placedVariables(cel, [...at, "when", index, "cel"], "text"),
      ...placedVariables(values, [...at, "when", index, "values"], "item"),
    ]),
    ...workspaces.flatMap(({ subPath }, index) =>
      placedVariables(subPath, [...at, "workspaces", index, "subPath"], "text"),
    ),
    ...variablesOfParams(taskRef?.params, [...at, "taskRef", "params"]),
    ...placedVariables(taskRef?.name, [...at, "taskRef", "name"], "text"),
    // With a matrix each run has a displayName of its own, with the params of the matrix.
    ...(matrix === undefined ? placedVariables(displayName, [...at, "displayName"], "text") : []),
    ...placedVariables(onError, [...at, "onError"], "text"),
  ];
}

/** The variables in what a task's own taskSpec runs, where results of other tasks are filled in too. */
export function variablesOfSteps({ task, at }: PlacedTask): readonly PlacedVariable[] {
  const path = [...at, "taskSpec"];
  return [
    ...placedVariables(task.taskSpec?.steps, [...path, "steps"], "text"),
    ...placedVariables(task.taskSpec?.sidecars, [...path, "sidecars"], "text"),
  ];
}

/** The variables in the values of params. */
export function variablesOfParams(
  params: readonly Param[] | undefined,
  at: NodePath,
): readonly PlacedVariable[] {
  return (params ?? []).flatMap(({ value }, index) =>
    variablesOfValue(value, [...at, index, "value"]),
  );
}

/** The variables in the value of a param, or of a result of a pipeline. */
export function variablesOfValue(value: ParamValue, at: NodePath): readonly PlacedVariable[] {
  const ofList = Array.isArray(value) ? "item" : "text";
  return placedVariables(value, at, typeof value === "string" ? "value" : ofList);
}
