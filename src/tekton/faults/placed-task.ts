import type { NodePath } from "../../yaml/types.ts";
import type { PipelineSpec, PipelineTask } from "../types.ts";

/** A task of a pipeline with its place. */
export interface PlacedTask {
  readonly task: PipelineTask;
  readonly section: "tasks" | "finally";
  readonly at: NodePath;
}

/** The tasks of a pipeline, then those of `finally`; `at` is the way to the pipeline's spec. */
export function placedTasks(spec: PipelineSpec, at: NodePath): readonly PlacedTask[] {
  return (["tasks", "finally"] as const).flatMap((section) =>
    (spec[section] ?? []).map((task, index) => ({ task, section, at: [...at, section, index] })),
  );
}
