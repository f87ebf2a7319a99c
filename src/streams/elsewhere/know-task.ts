import type { PipelineTask, TaskSpec } from "../../tekton/types.ts";
import type { StreamSurroundings } from "../checks/checkable.ts";
import type { Mistake } from "../checks/mistake.ts";
import { taskFileOf } from "../task-file-of.ts";
import { gitFileKey } from "./git-file.ts";
import type { GitFile } from "./git-file.ts";
import type { FileElsewhere, FilesElsewhere } from "./read-elsewhere.ts";

/** What is known of the Task that a task of a pipeline runs. */
export type KnownTask =
  | { readonly kind: "embedded" | "on-cluster" }
  | { readonly kind: "here"; readonly spec: TaskSpec }
  | { readonly kind: "not-here"; readonly path: string }
  | {
      readonly kind: "elsewhere";
      readonly spec: TaskSpec;
      readonly file: GitFile;
      readonly mistakes: readonly Mistake[];
    }
  /** `reason` ends the sentence. */
  | { readonly kind: "unusable"; readonly file: GitFile; readonly reason: string }
  /** `reason` and `help` are whole sentences. */
  | { readonly kind: "unknown"; readonly reason: string; readonly help: string };

/** What is known of a file elsewhere; nothing where nobody asked for it. */
export function knowFile(elsewhere: FilesElsewhere, file: GitFile): FileElsewhere {
  return elsewhere.get(gitFileKey(file)) ?? notFetched;
}

const notFetched = {
  kind: "unknown",
  reason: "Nothing of another repository was fetched.",
  help: "Validate with `--fetch`, or look there yourself; the fixed commit keeps it as it is.",
} as const;

/**
 * What is known of the Task behind a task of a pipeline. Only for a pipeline of this repository the reserved params lead
 * to files of this repository.
 */
export function knowTask(
  task: PipelineTask,
  { tasks, elsewhere }: Pick<StreamSurroundings, "tasks" | "elsewhere">,
  pipelineIsHere: boolean,
): KnownTask {
  const place = taskFileOf(task.taskRef);
  if (place.kind === "inline") return { kind: "embedded" };
  if (place.kind === "cluster") return { kind: "on-cluster" };
  if (place.kind === "git") return knowTaskFile(place.file, elsewhere);
  if (place.kind === "path" && pipelineIsHere) {
    const { path } = place;
    const found = tasks.get(path);
    return found === undefined
      ? { kind: "not-here", path }
      : { kind: "here", spec: found.value.spec };
  }
  return {
    kind: "unknown",
    reason: "Its reference does not name one file at a full commit.",
    help: "Prefer a task of this repository, resolved at $(params.repository-url) and $(params.revision).",
  };
}

function knowTaskFile(file: GitFile, elsewhere: FilesElsewhere): KnownTask {
  const known = knowFile(elsewhere, file);
  switch (known.kind) {
    case "task":
      return {
        kind: "elsewhere",
        spec: known.object.value.spec,
        file,
        mistakes: known.mistakes,
      };
    case "pipeline":
      return { kind: "unusable", file, reason: "it holds a Pipeline" };
    case "unusable":
      return { ...known, file };
    case "unknown":
      return known;
  }
}
