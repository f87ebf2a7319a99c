import type { TaskSpec } from "../types.ts";
import { variablesAt } from "./strings-at.ts";

/** The highest position of an array parameter that a Task uses; undefined where it uses none. */
export function longestIndex(spec: TaskSpec, param: string): number | undefined {
  const { steps, stepTemplate, sidecars, volumes, workspaces } = spec;
  const used = variablesAt([steps, stepTemplate, sidecars, volumes, workspaces], []).flatMap(
    ({ variable: { parts, index } }) =>
      parts[0] === "params" && parts[1] === param && typeof index === "number" ? [index] : [],
  );
  return used.length === 0 ? undefined : Math.max(...used);
}
