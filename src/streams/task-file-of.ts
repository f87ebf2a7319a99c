import type { ObjectRef } from "../tekton/types.ts";
import { gitFileOf } from "./elsewhere/git-file.ts";
import type { GitFile } from "./elsewhere/git-file.ts";

/** Where the task of a pipeline comes from, as far as its reference tells without running anything. */
export type TaskPlace =
  | { readonly kind: "path"; readonly path: string }
  | { readonly kind: "git"; readonly file: GitFile }
  | { readonly kind: "elsewhere" | "cluster" | "inline" };

/**
 * A git reference is one to this repository where its URL and its revision are the reserved params, and one to a file
 * elsewhere where it names a full commit.
 */
export function taskFileOf(taskRef: ObjectRef | undefined): TaskPlace {
  if (taskRef === undefined) return { kind: "inline" };
  if (taskRef.resolver === undefined) return { kind: "cluster" };
  if (taskRef.resolver !== "git") return { kind: "elsewhere" };
  const given = new Map((taskRef.params ?? []).map(({ name, value }) => [name, value]));
  const path = given.get("pathInRepo");
  const here =
    given.get("url") === "$(params.repository-url)" &&
    given.get("revision") === "$(params.revision)";
  if (here && typeof path === "string") return { kind: "path", path };
  const file = gitFileOf(taskRef);
  return file === undefined ? { kind: "elsewhere" } : { kind: "git", file };
}
