import type { NodePath } from "../../yaml/types.ts";
import { variablesIn } from "../variables.ts";
import type { Variable } from "../variables.ts";
import { stringsAt } from "./strings-at.ts";
import type { Room } from "./value-use.ts";

/** A variable in a string of a document, with what the string may become. */
export interface PlacedVariable {
  readonly variable: Variable;
  readonly path: NodePath;
  readonly room: Room;
}

/** The variables in the strings of a value, however deep; what stands twice in one string is given once. */
export function placedVariables(
  value: unknown,
  at: NodePath,
  room: Room,
): readonly PlacedVariable[] {
  return stringsAt(value, at).flatMap(({ text, path }) => {
    const variables = new Map(variablesIn(text).map((variable) => [variable.written, variable]));
    return [...variables.values()].map((variable) => ({ variable, path, room }));
  });
}
