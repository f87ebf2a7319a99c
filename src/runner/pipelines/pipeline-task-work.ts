import { parseDuration } from "../../tekton/duration.ts";
import { goDuration } from "../../tekton/go-duration.ts";
import { substituteDeep } from "../../tekton/substitute-deep.ts";
import type {
  Param,
  ParamValue,
  PipelineTask,
  TaskSpec,
  WorkspaceBinding,
} from "../../tekton/types.ts";
import { templateClaimName } from "../bind-workspaces.ts";
import type { TaskWork } from "../run-task.ts";
import { managedByTekton, ownerReference, storedMeta } from "../stored-meta.ts";
import type { RunnableTaskSpec } from "../task-pod.ts";
import type { PipelineRunObject } from "../types.ts";
import { mergePodTemplates } from "./merge-pod-templates.ts";
import type { ResolvedPipeline, ResolvedTask } from "./resolve-pipeline.ts";

function joinSubPath(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join("/");
}

/** The bindings that a task's workspaces have, by way of the pipeline's workspaces that it names. */
export function bindingsOf(
  task: PipelineTask,
  run: PipelineRunObject,
  bindings: readonly WorkspaceBinding[],
): readonly WorkspaceBinding[] {
  return (task.workspaces ?? []).flatMap(({ name, workspace = name, subPath }) => {
    const binding = bindings.find((candidate) => candidate.name === workspace);
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

function milliseconds(timeout: string | undefined, otherwise: number): number {
  const parsed = timeout === undefined ? undefined : parseDuration(timeout);
  if (parsed?.ok !== true) return otherwise;
  return parsed.value === 0 ? Number.POSITIVE_INFINITY : parsed.value;
}

/** What the run says of the TaskRuns of one task, over what it says of all. */
function settingsOf(task: PipelineTask, { spec }: PipelineRunObject, params: readonly Param[]) {
  const template = spec.taskRunTemplate ?? {};
  const own = spec.taskRunSpecs?.find(({ pipelineTaskName }) => pipelineTaskName === task.name);
  const pod = mergePodTemplates(template.podTemplate, own?.podTemplate);
  const values = new Map(
    params.map(({ name, value }): [string, ParamValue] => [`params.${name}`, value]),
  );
  const { stepSpecs, sidecarSpecs, computeResources } = own ?? {};
  return {
    ...(stepSpecs !== undefined && { stepSpecs }),
    ...(sidecarSpecs !== undefined && { sidecarSpecs }),
    ...(computeResources !== undefined && { computeResources }),
    serviceAccountName: own?.serviceAccountName ?? template.serviceAccountName ?? "default",
    metadata: own?.metadata,
    timeout: own?.timeout ?? task.timeout,
    ...(pod !== undefined && { podTemplate: substituteDeep(pod, values) }),
  };
}

/** An embedded spec, filled in since its StepActions were read, with what these say of its steps. */
function withActions(filled: TaskSpec, { steps: read }: RunnableTaskSpec): RunnableTaskSpec {
  const steps = filled.steps.map(({ ref, ...step }, index) =>
    ref === undefined ? step : { ...read[index], ...step },
  );
  return { ...filled, steps };
}

/** A Task without what only a pipeline's task says of it. */
function ownSpec(written: TaskSpec): TaskSpec {
  const { metadata, spec, ...own } = written;
  return metadata === undefined && spec === undefined ? written : own;
}

/** An embedded spec with the workspaces that it declares itself. */
function declaredSpec(
  spec: TaskSpec,
  { name }: PipelineTask,
  pipeline: ResolvedPipeline,
): TaskSpec {
  const { tasks, finally: lastly = [] } = pipeline.shown;
  const written = [...tasks, ...lastly].find((task) => task.name === name)?.taskSpec;
  const declared = written?.workspaces ?? [];
  const { workspaces = [], ...rest } = spec;
  if (workspaces.length === declared.length) return spec;
  return { ...rest, ...(declared.length > 0 && { workspaces: declared }) };
}

/** One TaskRun that a task of a pipeline becomes, everything that it gives filled in; `params` are those of its matrix. */
export function pipelineTaskWork(
  run: PipelineRunObject,
  pipeline: ResolvedPipeline,
  task: PipelineTask,
  resolved: ResolvedTask,
  memberOf: "tasks" | "finally",
  name: string,
  params: readonly Param[],
): TaskWork {
  const { metadata } = run;
  const all = [...params, ...(task.params ?? [])];
  const { metadata: given, timeout, ...settings } = settingsOf(task, run, all);
  const embedded = task.taskSpec?.metadata;
  const labels = {
    ...resolved.meta.labels,
    ...given?.labels,
    ...embedded?.labels,
    ...metadata.labels,
    ...managedByTekton,
    "tekton.dev/memberOf": memberOf,
    "tekton.dev/pipeline": pipeline.name,
    "tekton.dev/pipelineRun": metadata.name,
    "tekton.dev/pipelineRunUID": metadata.uid,
    "tekton.dev/pipelineTask": task.name,
    ...(!resolved.embedded && { "tekton.dev/task": resolved.name }),
  };
  const annotations = {
    ...resolved.meta.annotations,
    ...embedded?.annotations,
    ...metadata.annotations,
    ...given?.annotations,
    ...(task.onError === "continue" && {
      "pipeline.tekton.dev/pipeline-task-on-error": "continue",
    }),
  };
  const { taskRef, retries = 0 } = task;
  const taskSpec = task.taskSpec === undefined ? undefined : ownSpec(task.taskSpec);
  const workspaces = bindingsOf(task, run, pipeline.bindings);
  const limit = milliseconds(timeout, pipeline.timeouts.each[memberOf]);
  return {
    metadata: {
      ...storedMeta({ name, labels, annotations }, metadata.namespace),
      ownerReferences: [ownerReference(metadata)],
    },
    spec: {
      ...(taskRef !== undefined && { taskRef }),
      ...(taskSpec !== undefined && { taskSpec: declaredSpec(taskSpec, task, pipeline) }),
      ...(all.length > 0 && { params: all }),
      ...(workspaces.length > 0 && { workspaces }),
      ...(retries > 0 && { retries }),
      timeout: Number.isFinite(limit) ? goDuration(limit) : "0s",
      ...settings,
    },
    // An embedded Task goes by the name of its TaskRun.
    task: {
      ...resolved,
      ...(resolved.embedded && { name }),
      spec: taskSpec === undefined ? resolved.spec : withActions(taskSpec, resolved.spec),
    },
    inherited: new Map(),
    retries,
    timeout: limit,
    failureIgnored: task.onError === "continue",
  };
}
