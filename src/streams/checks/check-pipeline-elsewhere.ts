import { placedTasks } from "../../tekton/faults/placed-task.ts";
import { taskUseFaults } from "../../tekton/faults/task-use-faults.ts";
import type { Pipeline } from "../../tekton/types.ts";
import { quoted } from "../../quoted.ts";
import { describeGitFile } from "../elsewhere/git-file.ts";
import type { GitFile } from "../elsewhere/git-file.ts";
import { knowTask } from "../elsewhere/know-task.ts";
import { placed } from "../elsewhere/read-elsewhere.ts";
import type { ObjectElsewhere } from "../elsewhere/read-elsewhere.ts";
import type { StreamSurroundings } from "./checkable.ts";
import { mistakeAt } from "./mistake.ts";
import type { Mistake } from "./mistake.ts";
import type { PipelineUseSite } from "./pipeline-uses.ts";
import { faultMistakes } from "./tekton-files/fault-mistakes.ts";

/**
 * A pipeline of another repository with the tasks that it names. Its mistakes can't be shown where they stand, so they
 * are told where the pipeline is named; all that can't be verified is told in one finding each.
 */
export function checkPipelineElsewhere(
  around: StreamSurroundings,
  { source, at }: PipelineUseSite,
  file: GitFile,
  { object, mistakes }: ObjectElsewhere<"pipeline", Pipeline>,
): Mistake[] {
  const path = [...at, "pipelineRef", "git", "path"];
  const tasks = placedTasks(object.value.spec, ["spec"]).map(({ task }) => {
    return { name: task.name, known: knowTask(task, around, false) };
  });
  const faults = taskUseFaults(object.value.spec, ["spec"], (task) => {
    const known = knowTask(task, around, false);
    return "spec" in known ? known.spec : undefined;
  });
  const wrong = [
    ...[...mistakes, ...faultMistakes(object.source, faults)].map((mistake) =>
      placed(mistake, mistake.message),
    ),
    ...tasks.flatMap(({ name, known }) => {
      if (known.kind === "unusable") {
        return [`its task ${quoted(name)}, ${describeGitFile(known.file)}: ${known.reason}.`];
      }
      if (known.kind !== "elsewhere") return [];
      return known.mistakes.map(
        (mistake) =>
          `its task ${quoted(name)}, ${describeGitFile(known.file)}, ${placed(mistake, mistake.message)}`,
      );
    }),
  ];
  const [first, ...others] = wrong;
  const onCluster = tasks.filter(({ known }) => known.kind === "on-cluster");
  const unknown = tasks.flatMap(({ name, known }) =>
    known.kind === "unknown" ? [{ name, ...known }] : [],
  );
  const [firstUnknown] = unknown;
  return [
    ...(first === undefined
      ? []
      : [
          mistakeAt(source, "pipeline-elsewhere-invalid", path, "value", {
            message: `${describeGitFile(file)} is wrong, ${first}${others.length === 0 ? "" : ` (${others.length} more like this)`}`,
            help: "Name a commit where it is right.",
          }),
        ]),
    ...(onCluster.length === 0
      ? []
      : [
          mistakeAt(source, "pipeline-on-cluster", path, "value", {
            message: `These tasks of the pipeline are only on the cluster and are not verified: ${listed(onCluster)}.`,
            help: "Prefer a pipeline whose tasks stand in git, at a full commit.",
          }),
        ]),
    ...(firstUnknown === undefined
      ? []
      : [
          mistakeAt(source, "pipeline-elsewhere", path, "value", {
            message: `These tasks of the pipeline are not verified: ${listed(unknown)}. ${firstUnknown.reason}`,
            help: firstUnknown.help,
          }),
        ]),
  ];
}

function listed(tasks: readonly { readonly name: string }[]): string {
  return tasks.map(({ name }) => name).join(", ");
}
