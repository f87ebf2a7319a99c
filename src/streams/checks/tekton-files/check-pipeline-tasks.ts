import { placedTasks } from "../../../tekton/faults/placed-task.ts";
import { taskUseFaults } from "../../../tekton/faults/task-use-faults.ts";
import type { PipelineSpec } from "../../../tekton/types.ts";
import type { NodePath } from "../../../yaml/types.ts";
import { quoted } from "../../../quoted.ts";
import type { Sourced } from "../../repository.ts";
import { taskSpecFinder } from "../../tekton-files/task-spec-finder.ts";
import type { TektonObjects } from "../../tekton-files/tekton-objects.ts";
import { mistakeAt } from "../mistake.ts";
import type { Mistake } from "../mistake.ts";
import { faultMistakes } from "./fault-mistakes.ts";

/** Pipelines, also those inside of runs, against the Tasks that they name. */
export function checkPipelineTasks(objects: TektonObjects): Mistake[] {
  const specOf = taskSpecFinder(objects);
  const check = (
    { path, source }: Pick<Sourced<unknown>, "path" | "source">,
    spec: PipelineSpec,
    at: NodePath,
  ): Mistake[] => {
    const faults = taskUseFaults(spec, at, (task) => specOf(task, path));
    const unverified = placedTasks(spec, at).flatMap(({ task, at: place }) => {
      const { taskRef } = task;
      // A ClusterTask is gone, a custom task has a controller of its own.
      const isTask = taskRef?.apiVersion === undefined && (taskRef?.kind ?? "Task") === "Task";
      if (taskRef === undefined || !isTask || specOf(task, path) !== undefined) return [];
      const isByName = taskRef.resolver === undefined;
      return [
        mistakeAt(
          source,
          isByName ? "pipeline-on-cluster" : "pipeline-elsewhere",
          [...place, "taskRef"],
          "key",
          {
            message: isByName
              ? `There is no Task ${quoted(taskRef.name)} among the files: its use is not verified.`
              : `The task ${quoted(task.name)} stands elsewhere: its use is not verified.`,
            help: isByName
              ? "Validate the pipeline together with the file of that Task."
              : "Check what it is given yourself, or bring the Task here.",
          },
        ),
      ];
    });
    return [...faultMistakes(source, faults), ...unverified];
  };
  return [
    ...objects.pipelines.flatMap((one) => check(one, one.value.spec, ["spec"])),
    ...[...objects.pipelineRuns, ...objects.templatePipelineRuns].flatMap((one) => {
      const { pipelineSpec } = one.value.spec;
      return pipelineSpec === undefined ? [] : check(one, pipelineSpec, ["spec", "pipelineSpec"]);
    }),
  ];
}
