import type { ObjectRef, PipelineSpec, PipelineTask, WhenExpression } from "../types.ts";
import { storedParamSpec } from "./stored-declarations.ts";
import { storedDuration } from "./stored-duration.ts";
import { storedTaskSpec } from "./stored-task-spec.ts";

/** A reference without a resolver is to a Task. */
export function storedTaskRef(ref: ObjectRef): ObjectRef {
  return { ...ref, ...(ref.resolver === undefined && { kind: ref.kind ?? "Task" }) };
}

/** Go leaves out an empty text. */
function storedWhen({ input = "", ...expression }: WhenExpression): WhenExpression {
  return { ...(input !== "" && { input }), ...expression };
}

function storedTask(task: PipelineTask): PipelineTask {
  const { when, taskRef, taskSpec, timeout, pipelineSpec } = task;
  return {
    ...task,
    ...(when !== undefined && { when: when.map(storedWhen) }),
    ...(taskRef !== undefined && { taskRef: storedTaskRef(taskRef) }),
    ...(taskSpec !== undefined && {
      // Those of custom tasks, which Go writes though they are empty.
      taskSpec: { metadata: {}, ...storedTaskSpec(taskSpec), spec: null },
    }),
    ...(timeout !== undefined && { timeout: storedDuration(timeout) }),
    ...(pipelineSpec !== undefined && { pipelineSpec: storedPipelineSpec(pipelineSpec) }),
  };
}

/** A Pipeline's spec as the API server keeps it, with what Tekton's webhook fills in. */
export function storedPipelineSpec(spec: PipelineSpec): PipelineSpec {
  const { params, results, tasks, finally: lastly } = spec;
  return {
    ...spec,
    ...(params !== undefined && { params: params.map(storedParamSpec) }),
    tasks: tasks.map(storedTask),
    ...(lastly !== undefined && { finally: lastly.map(storedTask) }),
    ...(results !== undefined && {
      results: results.map((result) => ({ ...result, description: result.description ?? "" })),
    }),
  };
}
