import * as z from "zod";
import { containerFields, containerPort, lifecycle, probe, volume } from "./core-schemas.ts";
import { embeddedMeta } from "./pod-schemas.ts";
import type { StepAction, Task, TaskSpec } from "./types.ts";
import {
  name,
  namedMeta,
  objectRef,
  param,
  paramSpec,
  resultSpec,
  whenExpression,
  workspaceDeclaration,
} from "./value-schemas.ts";

const text = z.string().exactOptional();
const flag = z.boolean().exactOptional();

const output = z.strictObject({ path: text }).exactOptional();
const workspaceUsages = z.array(z.strictObject({ name, mountPath: text })).exactOptional();
const stepResult = resultSpec.omit({ value: true, default: true });

const step = z.strictObject({
  ...containerFields,
  name: text,
  displayName: text,
  script: text,
  timeout: text,
  onError: text,
  workspaces: workspaceUsages,
  stdoutConfig: output,
  stderrConfig: output,
  ref: objectRef.omit({ kind: true, apiVersion: true }).exactOptional(),
  params: z.array(param).exactOptional(),
  results: z.array(stepResult).exactOptional(),
  when: z.array(whenExpression).exactOptional(),
});

const sidecar = z.strictObject({
  ...containerFields,
  name: text,
  script: text,
  workspaces: workspaceUsages,
  ports: z.array(containerPort).exactOptional(),
  livenessProbe: probe.exactOptional(),
  readinessProbe: probe.exactOptional(),
  startupProbe: probe.exactOptional(),
  lifecycle: lifecycle.exactOptional(),
  terminationMessagePath: text,
  terminationMessagePolicy: text,
  restartPolicy: text,
  stdin: flag,
  stdinOnce: flag,
  tty: flag,
});

export const taskSpec = z.strictObject({
  displayName: text,
  description: text,
  params: z.array(paramSpec).exactOptional(),
  results: z.array(resultSpec).exactOptional(),
  workspaces: z.array(workspaceDeclaration).exactOptional(),
  steps: z.array(step).min(1),
  stepTemplate: z.strictObject(containerFields).exactOptional(),
  sidecars: z.array(sidecar).exactOptional(),
  volumes: z.array(volume).exactOptional(),
}) satisfies z.ZodType<TaskSpec>;

/** In a Pipeline a taskSpec may also carry metadata, and the apiVersion and kind of a custom task. */
export const embeddedTaskSpec = taskSpec.extend({ metadata: embeddedMeta.exactOptional() });

export const task = z.strictObject({
  apiVersion: z.literal("tekton.dev/v1"),
  kind: z.literal("Task"),
  metadata: namedMeta,
  spec: taskSpec,
}) satisfies z.ZodType<Task>;

export const stepAction = z.strictObject({
  apiVersion: z.enum(["tekton.dev/v1", "tekton.dev/v1beta1", "tekton.dev/v1alpha1"]),
  kind: z.literal("StepAction"),
  metadata: namedMeta,
  spec: z.strictObject({
    description: text,
    image: text,
    script: text,
    command: containerFields.command,
    args: containerFields.args,
    env: containerFields.env,
    workingDir: text,
    securityContext: containerFields.securityContext,
    volumeMounts: containerFields.volumeMounts,
    params: z.array(paramSpec).exactOptional(),
    results: z.array(stepResult).exactOptional(),
  }),
}) satisfies z.ZodType<StepAction>;
