import { placedTasks } from "../../tekton/faults/placed-task.ts";
import type { PipelineSpec, TaskSpec } from "../../tekton/types.ts";
import type { NodePath, SourceDocument } from "../../yaml/types.ts";
import type { TektonObjects } from "./tekton-objects.ts";

/** A description of a task, wherever it stands: a Task, or inside of a pipeline or a run. */
export interface PlacedTaskSpec {
  readonly source: SourceDocument;
  readonly at: NodePath;
  /** Of the Task, the pipeline's task or the run; empty where it has none. */
  readonly name: string;
  readonly spec: TaskSpec;
}

/** Every description of a task among the files. */
export function taskSpecs(objects: TektonObjects): PlacedTaskSpec[] {
  const runs = [...objects.pipelineRuns, ...objects.templatePipelineRuns];
  const taskRuns = [...objects.taskRuns, ...objects.templateTaskRuns];
  return [
    ...objects.tasks.map(({ source, value }) => {
      return { source, at: ["spec"], name: value.metadata.name, spec: value.spec };
    }),
    ...objects.pipelines.flatMap(({ source, value }) => inPipeline(source, value.spec, ["spec"])),
    ...runs.flatMap(({ source, value: { spec } }) =>
      spec.pipelineSpec === undefined
        ? []
        : inPipeline(source, spec.pipelineSpec, ["spec", "pipelineSpec"]),
    ),
    ...taskRuns.flatMap(({ source, value: { metadata, spec } }) => {
      const name = metadata.name ?? metadata.generateName ?? "";
      const { taskSpec } = spec;
      return taskSpec === undefined
        ? []
        : [{ source, at: ["spec", "taskSpec"], name, spec: taskSpec }];
    }),
  ];
}

function inPipeline(source: SourceDocument, spec: PipelineSpec, at: NodePath): PlacedTaskSpec[] {
  return placedTasks(spec, at).flatMap(({ task, at: place }) =>
    task.taskSpec === undefined
      ? []
      : [{ source, at: [...place, "taskSpec"], name: task.name, spec: task.taskSpec }],
  );
}
