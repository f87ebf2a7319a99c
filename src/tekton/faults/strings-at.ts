import type { NodePath } from "../../yaml/types.ts";
import { variablesIn } from "../variables.ts";
import type { Variable } from "../variables.ts";

export interface StringAt {
  readonly text: string;
  readonly path: NodePath;
}

/** Every string inside a value, however deep, with the way to it from the document's root. */
export function stringsAt(value: unknown, path: NodePath): readonly StringAt[] {
  if (typeof value === "string") return [{ text: value, path }];
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) => stringsAt(item, [...path, index]));
  }
  return Object.entries(value).flatMap(([key, item]) => stringsAt(item, [...path, key]));
}

export interface VariableAt {
  readonly variable: Variable;
  readonly path: NodePath;
}

/** Every `$(…)` of Tekton's form inside a value, with the way to the string that holds it. */
export function variablesAt(value: unknown, path: NodePath): readonly VariableAt[] {
  return stringsAt(value, path).flatMap((string) =>
    variablesIn(string.text).map((variable) => ({ variable, path: string.path })),
  );
}
