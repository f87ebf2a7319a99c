import type { Pipeline, StepAction, Task } from "../types.ts";
import { storedParamSpec, storedResultSpec } from "./stored-declarations.ts";
import { storedPipelineSpec } from "./stored-pipeline-spec.ts";
import { storedTaskSpec } from "./stored-task-spec.ts";

/** What runs refer to, as the API server keeps it, with what Tekton's webhook fills in. */
export function storedTask(task: Task): Task {
  return { ...task, spec: storedTaskSpec(task.spec) };
}

export function storedPipeline(pipeline: Pipeline): Pipeline {
  return { ...pipeline, spec: storedPipelineSpec(pipeline.spec) };
}

export function storedStepAction(action: StepAction): StepAction {
  const { params, results } = action.spec;
  return {
    ...action,
    spec: {
      ...action.spec,
      ...(params !== undefined && { params: params.map(storedParamSpec) }),
      ...(results !== undefined && { results: results.map(storedResultSpec) }),
    },
  };
}
