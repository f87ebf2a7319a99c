import type { NodePath } from "../../yaml/types.ts";
import type { ParamSpec, TaskSpec } from "../types.ts";
import type { TektonFault } from "./tekton-fault.ts";

/** What an embedded taskSpec may use besides what it declares itself, because Tekton passes it on. */
export interface Inherited {
  /** "any" where it can't be known, such as the params of a Pipeline that stands elsewhere. */
  readonly params: readonly Pick<ParamSpec, "name" | "type" | "properties" | "default">[] | "any";
  /** Names of workspaces, or "any". */
  readonly workspaces: readonly string[] | "any";
}

/** A Task by itself inherits nothing. */
export const nothingInherited: Inherited = { params: [], workspaces: [] };

/** What Tekton would refuse in a Task's spec, or in an embedded taskSpec with what it inherits, at `at`. */
export function taskSpecFaults(
  spec: TaskSpec,
  at: NodePath,
  inherited: Inherited = nothingInherited,
): TektonFault[] {
  return [];
}
