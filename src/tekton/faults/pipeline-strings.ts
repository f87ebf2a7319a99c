import type { NodePath } from "../../yaml/types.ts";
import { variablesIn } from "../variables.ts";
import type { Variable } from "../variables.ts";
import type { Param } from "../types.ts";
import type { PlacedTask } from "./placed-task.ts";
import { stringsAt } from "./strings-at.ts";
import type { StringAt } from "./strings-at.ts";
import type { Room } from "./value-use.ts";

/** A variable in a string of a pipeline, with what the string may become. */
export interface PlacedVariable {
  readonly variable: Variable;
  readonly text: string;
  readonly path: NodePath;
  readonly room: Room;
}

/** The variables that a pipeline fills in for one of its tasks. */
export function variablesOfTask({ task, at }: PlacedTask): readonly PlacedVariable[] {
  const { params, matrix, when = [], workspaces = [], taskRef, displayName, onError } = task;
  return [
    ...variablesOfParams(params, [...at, "params"]),
    ...variablesOfParams(matrix?.params, [...at, "matrix", "params"]),
    ...(matrix?.include ?? []).flatMap(({ params: added }, index) =>
      placed(stringsAt(added, [...at, "matrix", "include", index, "params"]), "text"),
    ),
    ...when.flatMap(({ input, cel, values }, index) => [
      ...placed(stringsAt(input, [...at, "when", index, "input"]), "text"),
      ...placed(stringsAt(cel, [...at, "when", index, "cel"]), "text"),
      ...placed(stringsAt(values, [...at, "when", index, "values"]), "item"),
    ]),
    ...workspaces.flatMap(({ subPath }, index) =>
      placed(stringsAt(subPath, [...at, "workspaces", index, "subPath"]), "text"),
    ),
    ...variablesOfParams(taskRef?.params, [...at, "taskRef", "params"]),
    ...placed(stringsAt(taskRef?.name, [...at, "taskRef", "name"]), "text"),
    // With a matrix each run has a displayName of its own, with the params of the matrix.
    ...(matrix === undefined ? placed(stringsAt(displayName, [...at, "displayName"]), "text") : []),
    ...placed(stringsAt(onError, [...at, "onError"]), "text"),
  ];
}

/** The variables in what a task's own taskSpec runs, where results of other tasks are filled in too. */
export function variablesOfSteps({ task, at }: PlacedTask): readonly PlacedVariable[] {
  const path = [...at, "taskSpec"];
  return [
    ...placed(stringsAt(task.taskSpec?.steps, [...path, "steps"]), "text"),
    ...placed(stringsAt(task.taskSpec?.sidecars, [...path, "sidecars"]), "text"),
  ];
}

/** The variables in the values of params. */
export function variablesOfParams(
  params: readonly Param[] | undefined,
  at: NodePath,
): readonly PlacedVariable[] {
  return (params ?? []).flatMap(({ value }, index) => {
    const strings = stringsAt(value, [...at, index, "value"]);
    if (typeof value === "string") return placed(strings, "value");
    return placed(strings, Array.isArray(value) ? "item" : "text");
  });
}

/** What stands twice in one string is one mistake. */
function placed(strings: readonly StringAt[], room: Room): readonly PlacedVariable[] {
  return strings.flatMap(({ text, path }) => {
    const variables = new Map(variablesIn(text).map((variable) => [variable.written, variable]));
    return [...variables.values()].map((variable) => ({ variable, text, path, room }));
  });
}
