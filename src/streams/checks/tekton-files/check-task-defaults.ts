import { placedTasks } from "../../../tekton/faults/placed-task.ts";
import type { PlacedTask } from "../../../tekton/faults/placed-task.ts";
import type { Pipeline, TaskSpec } from "../../../tekton/types.ts";
import { quoted } from "../../../quoted.ts";
import type { Sourced } from "../../repository.ts";
import { taskSpecFinder } from "../../tekton-files/task-spec-finder.ts";
import type { TektonObjects } from "../../tekton-files/tekton-objects.ts";
import { mistakeAt } from "../mistake.ts";
import type { Mistake } from "../mistake.ts";

/** What the tasks of pipelines leave to the defaults of their Tasks, although the pipeline has a param for it. */
export function checkTaskDefaults(objects: TektonObjects): Mistake[] {
  const specOf = taskSpecFinder(objects);
  return objects.pipelines.flatMap((pipeline) =>
    placedTasks(pipeline.value.spec, ["spec"]).flatMap((placed) => {
      const spec = specOf(placed.task, pipeline.path);
      return spec === undefined ? [] : checkDefaults(pipeline, placed, spec);
    }),
  );
}

function checkDefaults(
  { source, value }: Sourced<Pipeline>,
  { task, at }: PlacedTask,
  spec: TaskSpec,
): Mistake[] {
  // A matrix gives params too; where they come from is its own affair.
  if (task.matrix !== undefined) return [];
  const ofPipeline = new Set((value.spec.params ?? []).map(({ name }) => name));
  const given = new Set((task.params ?? []).map(({ name }) => name));
  return (spec.params ?? []).flatMap((param) => {
    if (param.default === undefined || given.has(param.name)) return [];
    if (!ofPipeline.has(param.name)) return [];
    return [
      mistakeAt(source, "task-param-defaulted", [...at, "name"], "value", {
        message: `The pipeline has a parameter ${quoted(param.name)}, but its task ${quoted(task.name)} is not given it and takes its own default ${quoted(param.default)}.`,
        help: `Add \`${param.name}\` with the value $(params.${param.name}) to the task's params.`,
      }),
    ];
  });
}
