import { substituteDeep } from "../../tekton/substitute-deep.ts";
import { substituteText, type Variables } from "../../tekton/substitute.ts";
import type { ParamValue, PipelineSpec, PipelineTask, TaskSpec } from "../../tekton/types.ts";
import { isRecord } from "../../tekton/value-at.ts";

/** A task's spec with variables of the pipeline in what its steps, sidecars and volumes hold; its own stay. */
export function fillTaskSpec(spec: TaskSpec, variables: Variables): TaskSpec {
  const { steps, stepTemplate, sidecars, volumes, workspaces } = spec;
  return {
    ...spec,
    steps: substituteDeep(steps, variables),
    ...(stepTemplate !== undefined && { stepTemplate: substituteDeep(stepTemplate, variables) }),
    ...(sidecars !== undefined && { sidecars: substituteDeep(sidecars, variables) }),
    ...(volumes !== undefined && { volumes: substituteDeep(volumes, variables) }),
    ...(workspaces !== undefined && { workspaces: substituteDeep(workspaces, variables) }),
  };
}

/** Everything of a task but an embedded spec, with variables filled in. */
export function fillTaskUse(task: PipelineTask, variables: Variables): PipelineTask {
  const { params, when, matrix, workspaces, taskRef, pipelineRef, displayName, onError } = task;
  return {
    ...task,
    ...(params !== undefined && { params: substituteDeep(params, variables) }),
    ...(when !== undefined && { when: substituteDeep(when, variables) }),
    ...(matrix !== undefined && { matrix: substituteDeep(matrix, variables) }),
    ...(workspaces !== undefined && { workspaces: substituteDeep(workspaces, variables) }),
    ...(taskRef !== undefined && { taskRef: substituteDeep(taskRef, variables) }),
    ...(pipelineRef !== undefined && { pipelineRef: substituteDeep(pipelineRef, variables) }),
    // Its own params may stand in the name of a run of a matrix.
    ...(displayName !== undefined &&
      matrix === undefined && { displayName: substituteText(displayName, variables) }),
    ...(onError !== undefined && { onError: substituteText(onError, variables) }),
  };
}

/** How other tasks ended, which a finally task may name in its params, its when, its Task and its name alone. */
export function fillTaskStates(task: PipelineTask, states: Variables): PipelineTask {
  const { matrix, workspaces, pipelineRef, onError } = task;
  return {
    ...fillTaskUse(task, states),
    ...(matrix !== undefined && { matrix }),
    ...(workspaces !== undefined && { workspaces }),
    ...(pipelineRef !== undefined && { pipelineRef }),
    ...(onError !== undefined && { onError }),
  };
}

/**
 * What an embedded spec sees of the pipeline's variables: a param that its task gives too has the task's value, an
 * object the task's keys over the pipeline's.
 */
function propagated(task: PipelineTask, variables: Variables): Variables {
  const own = (task.params ?? []).flatMap(({ name, value }): [string, ParamValue][] => {
    const given = variables.get(`params.${name}`);
    if (given === undefined) return [];
    const merged = isRecord(given) && isRecord(value) ? { ...given, ...value } : value;
    return [[`params.${name}`, merged]];
  });
  return own.length === 0 ? variables : new Map([...variables, ...own]);
}

/** An empty matrix is none. */
function withoutEmptyMatrix(task: PipelineTask): PipelineTask {
  const { matrix, ...rest } = task;
  const { params = [], include = [] } = matrix ?? {};
  return params.length + include.length > 0 ? task : rest;
}

function fillTask(task: PipelineTask, variables: Variables): PipelineTask {
  const filled = withoutEmptyMatrix(fillTaskUse(task, variables));
  if (task.taskSpec === undefined) return filled;
  return { ...filled, taskSpec: fillTaskSpec(task.taskSpec, propagated(filled, variables)) };
}

/** A pipeline with the values of its params, its context and its workspaces filled in; results come later. */
export function fillPipeline(spec: PipelineSpec, variables: Variables): PipelineSpec {
  const fill = (task: PipelineTask): PipelineTask => fillTask(task, variables);
  return {
    ...spec,
    tasks: spec.tasks.map(fill),
    ...(spec.finally !== undefined && { finally: spec.finally.map(fill) }),
  };
}
