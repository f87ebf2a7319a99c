import { parseDuration } from "../tekton/duration.ts";
import { substituteValue, type Variables } from "../tekton/substitute.ts";
import type { PipelineTask, WorkspaceBinding } from "../tekton/types.ts";
import { templateClaimName } from "./bind-workspaces.ts";
import { childName } from "./child-name.ts";
import type { ResolvedPipeline, ResolvedTask } from "./resolve-pipeline.ts";
import type { TaskWork } from "./run-task.ts";
import { storedMeta } from "./stored-meta.ts";
import type { PipelineRunObject } from "./types.ts";

function joinSubPath(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join("/");
}

/** The binding that a task's workspace has, by way of the pipeline's workspace that it names. */
function bindingsOf(task: PipelineTask, run: PipelineRunObject): readonly WorkspaceBinding[] {
  return (task.workspaces ?? []).flatMap(({ name, workspace = name, subPath }) => {
    const binding = run.spec.workspaces?.find((candidate) => candidate.name === workspace);
    if (binding === undefined) return [];
    const { volumeClaimTemplate, ...rest } = binding;
    const path = joinSubPath(binding.subPath, subPath);
    const claim = { claimName: templateClaimName(run.metadata.uid, workspace) };
    return [
      {
        ...rest,
        name,
        ...(path !== "" && { subPath: path }),
        ...(volumeClaimTemplate !== undefined && { persistentVolumeClaim: claim }),
      },
    ];
  });
}

function attemptTimeout(task: PipelineTask, otherwise: number): number {
  const parsed = task.timeout === undefined ? undefined : parseDuration(task.timeout);
  if (parsed?.ok !== true) return otherwise;
  return parsed.value === 0 ? Number.POSITIVE_INFINITY : parsed.value;
}

/** The TaskRun that a task of a pipeline becomes, its params and workspaces resolved. */
export function pipelineTaskWork(
  run: PipelineRunObject,
  pipeline: ResolvedPipeline,
  task: PipelineTask,
  resolved: ResolvedTask,
  variables: Variables,
  memberOf: "tasks" | "finally",
): TaskWork {
  const { metadata } = run;
  const labels = {
    ...metadata.labels,
    "app.kubernetes.io/managed-by": "tekton-pipelines",
    "tekton.dev/memberOf": memberOf,
    "tekton.dev/pipeline": pipeline.name,
    "tekton.dev/pipelineRun": metadata.name,
    "tekton.dev/pipelineRunUID": metadata.uid,
    "tekton.dev/pipelineTask": task.name,
    ...(!resolved.embedded && { "tekton.dev/task": resolved.name }),
  };
  const owner = { apiVersion: "tekton.dev/v1", kind: "PipelineRun", controller: true };
  const name = childName(metadata.name, task.name);
  return {
    metadata: {
      ...storedMeta({ name, labels, annotations: metadata.annotations }, metadata.namespace),
      ownerReferences: [{ ...owner, name: metadata.name, uid: metadata.uid }],
    },
    spec: {
      ...(task.taskRef !== undefined && { taskRef: task.taskRef }),
      ...(task.taskSpec !== undefined && { taskSpec: task.taskSpec }),
      params: (task.params ?? []).map((param) => ({
        name: param.name,
        value: substituteValue(param.value, variables),
      })),
      workspaces: bindingsOf(task, run),
      serviceAccountName: run.spec.taskRunTemplate?.serviceAccountName ?? "default",
    },
    task: resolved,
    inherited: resolved.embedded ? variables : new Map(),
    retries: task.retries ?? 0,
    timeout: attemptTimeout(task, pipeline.timeouts.task),
    failureIgnored: task.onError === "continue",
  };
}
