import { placedTasks } from "../../tekton/faults/placed-task.ts";
import type { PlacedTask } from "../../tekton/faults/placed-task.ts";
import { taskRefFaults } from "../../tekton/faults/reference-faults.ts";
import { taskUseFaults } from "../../tekton/faults/task-use-faults.ts";
import type { Pipeline, PipelineTask } from "../../tekton/types.ts";
import { replaceValue } from "../../yaml/node-fix.ts";
import type { NodePath } from "../../yaml/types.ts";
import { quoted } from "../../quoted.ts";
import { nearestName, suggestName } from "../../suggest-name.ts";
import { describeGitFile } from "../elsewhere/git-file.ts";
import { knowTask } from "../elsewhere/know-task.ts";
import { placed } from "../elsewhere/read-elsewhere.ts";
import type { Sourced } from "../repository.ts";
import type { Checkable } from "./checkable.ts";
import { mistakeAt } from "./mistake.ts";
import type { Mistake } from "./mistake.ts";
import { faultMistakes } from "./tekton-files/fault-mistakes.ts";

/** The pipelines of the repository against the tasks that they name, wherever these stand. */
export function checkPipelines(repository: Checkable): Mistake[] {
  return [...repository.pipelines.values()].flatMap((pipeline) => {
    const { source, value } = pipeline;
    const faults = taskUseFaults(value.spec, ["spec"], (task) => {
      const known = knowTask(task, repository, true);
      return "spec" in known ? known.spec : undefined;
    });
    return [
      ...faultMistakes(source, faults),
      ...placedTasks(value.spec, ["spec"]).flatMap((task) =>
        checkReference(repository, pipeline, task),
      ),
    ];
  });
}

/** Where a reference names the file; the reference itself where it names none. */
function filePath({ taskRef }: PipelineTask, at: NodePath): NodePath {
  const index = (taskRef?.params ?? []).findIndex(({ name }) => name === "pathInRepo");
  return index < 0 ? at : [...at, "params", index, "value"];
}

function checkReference(
  repository: Checkable,
  { source }: Sourced<Pipeline>,
  { task, at }: PlacedTask,
): Mistake[] {
  const known = knowTask(task, repository, true);
  const path = [...at, "taskRef"];
  // What is wrong with the reference itself is told, and hides what it refers to.
  if (taskRefFaults(task, at).length > 0) return [];
  switch (known.kind) {
    case "embedded":
    case "here":
      return [];
    case "on-cluster":
      return [
        mistakeAt(source, "pipeline-on-cluster", path, "key", {
          message: `The task ${quoted(task.name)} is only on the cluster: it is not verified.`,
          help: "Prefer a task of this repository, resolved at $(params.repository-url) and $(params.revision).",
        }),
      ];
    case "unknown":
      return [
        mistakeAt(source, "pipeline-elsewhere", path, "key", {
          message: `The task ${quoted(task.name)} stands elsewhere and is not verified. ${known.reason}`,
          help: known.help,
        }),
      ];
    case "not-here": {
      const file = filePath(task, path);
      const exists = repository.tektonPaths.has(known.path);
      const meant = exists ? undefined : nearestName(known.path, repository.tasks.keys());
      return [
        mistakeAt(source, "pipeline-task-not-found", file, "value", {
          message: exists
            ? `${quoted(known.path)} holds no valid Task.`
            : `There is no task ${quoted(known.path)} in this repository.`,
          help: exists
            ? "Correct that file, or name another."
            : suggestName(known.path, repository.tasks.keys(), "task"),
          ...(meant !== undefined && { fix: replaceValue(file, meant) }),
        }),
      ];
    }
    case "unusable":
      return [
        mistakeAt(source, "pipeline-elsewhere-invalid", filePath(task, path), "value", {
          message: `${describeGitFile(known.file)} is no Task that can be used: ${known.reason}.`,
          help: "Correct the reference, or name a commit where the task is right.",
        }),
      ];
    case "elsewhere": {
      const [first, ...others] = known.mistakes;
      if (first === undefined) return [];
      return [
        mistakeAt(source, "pipeline-elsewhere-invalid", filePath(task, path), "value", {
          message: `${describeGitFile(known.file)} has ${others.length + 1 === 1 ? "a mistake" : `${others.length + 1} mistakes`}, ${placed(first, first.message)}`,
          help: "Name a commit where the task is right.",
        }),
      ];
    }
  }
}
