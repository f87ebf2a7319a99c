import * as z from "zod";
import { resourceRequirements } from "./core-schemas.ts";
import { containerSpecs, embeddedMeta, podTemplate } from "./pod-schemas.ts";
import { embeddedTaskSpec, taskSpec } from "./task-schemas.ts";
import type { Pipeline, PipelineRun, PipelineSpec, TaskRun } from "./types.ts";
import {
  name,
  namedMeta,
  objectMeta,
  objectRef,
  param,
  paramSpec,
  paramValue,
  pipelineWorkspaceDeclaration,
  whenExpression,
  workspaceBinding,
} from "./value-schemas.ts";

const text = z.string().exactOptional();
const anything = z.unknown().optional();

const matrix = z.strictObject({
  params: z.array(param).exactOptional(),
  include: z
    .array(z.strictObject({ name: text, params: z.array(param).exactOptional() }))
    .exactOptional(),
});

const pipelineTask = z.strictObject({
  name,
  displayName: text,
  description: text,
  taskRef: objectRef.exactOptional(),
  taskSpec: embeddedTaskSpec.exactOptional(),
  params: z.array(param).exactOptional(),
  runAfter: z.array(z.string()).exactOptional(),
  when: z.array(whenExpression).exactOptional(),
  workspaces: z
    .array(z.strictObject({ name: z.string().min(1), workspace: text, subPath: text }))
    .exactOptional(),
  retries: z.int().min(0).exactOptional(),
  timeout: text,
  onError: z
    .string()
    .regex(/^(continue|stopAndFail|.*\$\(params.*)$/, "must be continue or stopAndFail")
    .exactOptional(),
  matrix: matrix.exactOptional(),
  pipelineRef: objectRef.exactOptional(),
  get pipelineSpec(): z.ZodExactOptional<z.ZodType<PipelineSpec>> {
    return pipelineSpec.exactOptional();
  },
});

export const pipelineSpec: z.ZodType<PipelineSpec> = z.strictObject({
  displayName: text,
  description: text,
  params: z.array(paramSpec).exactOptional(),
  workspaces: z.array(pipelineWorkspaceDeclaration).exactOptional(),
  tasks: z.array(pipelineTask).min(1),
  finally: z.array(pipelineTask).exactOptional(),
  results: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        type: z.enum(["string", "array", "object"]).exactOptional(),
        description: text,
        value: paramValue,
      }),
    )
    .exactOptional(),
});

export const pipeline = z.strictObject({
  apiVersion: z.literal("tekton.dev/v1"),
  kind: z.literal("Pipeline"),
  metadata: namedMeta,
  spec: pipelineSpec,
}) satisfies z.ZodType<Pipeline>;

const pipelineTaskRunSpec = z.strictObject({
  pipelineTaskName: text,
  serviceAccountName: text,
  podTemplate: podTemplate.exactOptional(),
  stepSpecs: containerSpecs.exactOptional(),
  sidecarSpecs: containerSpecs.exactOptional(),
  metadata: embeddedMeta.exactOptional(),
  computeResources: resourceRequirements.exactOptional(),
  timeout: text,
});

export const pipelineRun = z.strictObject({
  apiVersion: z.literal("tekton.dev/v1"),
  kind: z.literal("PipelineRun"),
  metadata: objectMeta,
  spec: z.strictObject({
    pipelineRef: objectRef.exactOptional(),
    pipelineSpec: pipelineSpec.exactOptional(),
    params: z.array(param).exactOptional(),
    workspaces: z.array(workspaceBinding).exactOptional(),
    timeouts: z.strictObject({ pipeline: text, tasks: text, finally: text }).exactOptional(),
    taskRunTemplate: z
      .strictObject({ serviceAccountName: text, podTemplate: podTemplate.exactOptional() })
      .exactOptional(),
    taskRunSpecs: z.array(pipelineTaskRunSpec).exactOptional(),
    managedBy: text,
    status: z
      .enum(["", "Cancelled", "CancelledRunFinally", "StoppedRunFinally", "PipelineRunPending"])
      .exactOptional(),
  }),
  status: anything,
}) satisfies z.ZodType<PipelineRun>;

export const taskRun = z.strictObject({
  apiVersion: z.literal("tekton.dev/v1"),
  kind: z.literal("TaskRun"),
  metadata: objectMeta,
  spec: z.strictObject({
    taskRef: objectRef.exactOptional(),
    taskSpec: taskSpec.exactOptional(),
    params: z.array(param).exactOptional(),
    workspaces: z.array(workspaceBinding).exactOptional(),
    timeout: text,
    retries: z.int().min(0).exactOptional(),
    serviceAccountName: text,
    podTemplate: podTemplate.exactOptional(),
    status: z.enum(["", "TaskRunCancelled", "TaskRunPending"]).exactOptional(),
    statusMessage: text,
    debug: z
      .strictObject({
        breakpoints: z
          .strictObject({ onFailure: text, beforeSteps: z.array(z.string()).exactOptional() })
          .exactOptional(),
      })
      .exactOptional(),
    stepSpecs: containerSpecs.exactOptional(),
    sidecarSpecs: containerSpecs.exactOptional(),
    computeResources: resourceRequirements.exactOptional(),
    managedBy: text,
  }),
  status: anything,
}) satisfies z.ZodType<TaskRun>;
