import { storedPipelineRunSpec } from "../../tekton/stored/stored-run.ts";
import type { PipelineTask } from "../../tekton/types.ts";
import { managedByTekton, ownerReference, storedMeta } from "../stored-meta.ts";
import type { PipelineRunObject } from "../types.ts";
import { bindingsOf } from "./pipeline-task-work.ts";
import type { ResolvedPipeline } from "./resolve-pipeline.ts";

/** The PipelineRun that a task becomes which is a pipeline itself. */
export function childRun(
  run: PipelineRunObject,
  pipeline: ResolvedPipeline,
  task: PipelineTask,
  name: string,
): PipelineRunObject {
  const { metadata, spec } = run;
  const { annotations = {} } = metadata;
  const labels = {
    ...metadata.labels,
    ...managedByTekton,
    "tekton.dev/pipeline": task.pipelineRef?.name ?? name,
    "tekton.dev/pipelineRun": metadata.name,
    "tekton.dev/pipelineRunUID": metadata.uid,
    "tekton.dev/pipelineTask": task.name,
  };
  const { pipelineRef, pipelineSpec, params = [] } = task;
  const workspaces = bindingsOf(task, run, pipeline.bindings);
  return {
    apiVersion: "tekton.dev/v1",
    kind: "PipelineRun",
    metadata: {
      ...storedMeta({ name, labels, annotations }, metadata.namespace),
      ownerReferences: [ownerReference(metadata)],
    },
    spec: storedPipelineRunSpec({
      ...(pipelineRef !== undefined && { pipelineRef }),
      ...(pipelineSpec !== undefined && { pipelineSpec }),
      ...(params.length > 0 && { params }),
      ...(workspaces.length > 0 && { workspaces }),
      ...(spec.taskRunTemplate !== undefined && { taskRunTemplate: spec.taskRunTemplate }),
    }),
  };
}
