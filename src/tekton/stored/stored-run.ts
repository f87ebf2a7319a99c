import type {
  Param,
  PipelineRun,
  PipelineTaskRunSpec,
  TaskRun,
  Timeouts,
  WorkspaceBinding,
} from "../types.ts";
import { isRecord } from "../value-at.ts";
import { storedDuration } from "./stored-duration.ts";
import { storedPipelineSpec, storedTaskRef } from "./stored-pipeline-spec.ts";
import { storedTaskSpec } from "./stored-task-spec.ts";

/** Tekton's `default-timeout-minutes` and `default-service-account`. */
const timeoutByDefault = "1h0m0s";
const accountByDefault = "default";

function storedBinding(binding: WorkspaceBinding): WorkspaceBinding {
  const { volumeClaimTemplate: template, ...rest } = binding;
  if (template === undefined) return binding;
  const claim = isRecord(template) ? template : {};
  const spec = isRecord(claim["spec"]) ? claim["spec"] : {};
  return {
    ...rest,
    volumeClaimTemplate: { metadata: {}, status: {}, ...claim, spec: { resources: {}, ...spec } },
  };
}

/** Empty lists are as good as none. */
function storedLists(params: readonly Param[] = [], workspaces: readonly WorkspaceBinding[] = []) {
  return {
    ...(params.length > 0 && { params }),
    ...(workspaces.length > 0 && { workspaces: workspaces.map(storedBinding) }),
  };
}

function storedTimeouts({ pipeline, tasks, finally: lastly }: Timeouts = {}): Timeouts {
  return {
    pipeline: pipeline === undefined ? timeoutByDefault : storedDuration(pipeline),
    ...(tasks !== undefined && { tasks: storedDuration(tasks) }),
    ...(lastly !== undefined && { finally: storedDuration(lastly) }),
  };
}

function storedTaskRunSpecOfTask(spec: PipelineTaskRunSpec): PipelineTaskRunSpec {
  const { timeout } = spec;
  return { ...spec, ...(timeout !== undefined && { timeout: storedDuration(timeout) }) };
}

/** The spec of a PipelineRun as the API server keeps it, with what Tekton's webhook fills in. */
export function storedPipelineRunSpec(written: PipelineRun["spec"]): PipelineRun["spec"] {
  const { params, workspaces, ...spec } = written;
  const { pipelineSpec, timeouts, taskRunTemplate, taskRunSpecs } = spec;
  return {
    ...spec,
    ...storedLists(params, workspaces),
    ...(pipelineSpec !== undefined && { pipelineSpec: storedPipelineSpec(pipelineSpec) }),
    timeouts: storedTimeouts(timeouts),
    ...(taskRunSpecs !== undefined && { taskRunSpecs: taskRunSpecs.map(storedTaskRunSpecOfTask) }),
    taskRunTemplate: { serviceAccountName: accountByDefault, ...taskRunTemplate },
  };
}

/** The same for a TaskRun. */
export function storedTaskRunSpec(written: TaskRun["spec"]): TaskRun["spec"] {
  const { params, workspaces, retries = 0, ...spec } = written;
  const { taskRef, taskSpec, timeout, serviceAccountName = accountByDefault } = spec;
  return {
    ...spec,
    ...storedLists(params, workspaces),
    ...(retries > 0 && { retries }),
    ...(taskRef !== undefined && { taskRef: storedTaskRef(taskRef) }),
    ...(taskSpec !== undefined && { taskSpec: storedTaskSpec(taskSpec) }),
    timeout: timeout === undefined ? timeoutByDefault : storedDuration(timeout),
    serviceAccountName,
  };
}
