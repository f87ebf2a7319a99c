import type { Pipeline, PipelineRun, StepAction, Task, TaskRun } from "../../tekton/types.ts";

function metadataOf(name: string): { readonly generateName: string } {
  return { generateName: `${name.slice(0, 40)}-` };
}

/** Its workspaces are new directories that its tasks share. */
function runOfPipeline({ metadata, spec }: Pipeline): PipelineRun {
  return {
    apiVersion: "tekton.dev/v1",
    kind: "PipelineRun",
    metadata: metadataOf(metadata.name),
    spec: {
      pipelineRef: { name: metadata.name },
      workspaces: (spec.workspaces ?? [])
        .filter(({ optional = false }) => !optional)
        .map(({ name }) => ({ name, volumeClaimTemplate: {} })),
    },
  };
}

function runOfTask({ metadata, spec }: Task): TaskRun {
  return {
    apiVersion: "tekton.dev/v1",
    kind: "TaskRun",
    metadata: metadataOf(metadata.name),
    spec: {
      taskRef: { name: metadata.name },
      workspaces: (spec.workspaces ?? [])
        .filter(({ optional = false }) => !optional)
        .map(({ name }) => ({ name, emptyDir: {} })),
    },
  };
}

/** Runs for definitions that nobody wrote one for: each Pipeline, or, where there is none, each Task. */
export function impliedRuns(
  definitions: readonly (Pipeline | Task | StepAction)[],
): readonly (PipelineRun | TaskRun)[] {
  const pipelines = definitions.filter((object) => object.kind === "Pipeline");
  if (pipelines.length > 0) return pipelines.map(runOfPipeline);
  return definitions.filter((object) => object.kind === "Task").map(runOfTask);
}
