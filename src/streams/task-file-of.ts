import type { ObjectRef } from "../tekton/types.ts";

/** Where the task of a pipeline comes from, as far as its reference tells without running anything. */
export type TaskPlace =
  | { readonly kind: "path"; readonly path: string }
  | { readonly kind: "elsewhere" | "cluster" | "inline" };

/** A git reference is one to this repository where its URL and its revision are the reserved params. */
export function taskFileOf(taskRef: ObjectRef | undefined): TaskPlace {
  if (taskRef === undefined) return { kind: "inline" };
  if (taskRef.resolver === undefined) return { kind: "cluster" };
  if (taskRef.resolver !== "git") return { kind: "elsewhere" };
  const given = new Map((taskRef.params ?? []).map(({ name, value }) => [name, value]));
  const path = given.get("pathInRepo");
  const here =
    given.get("url") === "$(params.repository-url)" &&
    given.get("revision") === "$(params.revision)";
  return here && typeof path === "string" ? { kind: "path", path } : { kind: "elsewhere" };
}
