import { z } from "zod";
import type { Task, TaskSpec } from "./types.ts";
import { label, namedMeta, paramSpec, resultSpec, workspaceDeclaration } from "./value-schemas.ts";

const text = z.string().exactOptional();
const anything = z.unknown().optional();
const strings = z.array(z.string()).exactOptional();

const env = z.strictObject({ name: z.string().min(1), value: text, valueFrom: anything });

const step = z.strictObject({
  name: label.exactOptional(),
  displayName: text,
  image: text,
  imagePullPolicy: text,
  script: text,
  command: strings,
  args: strings,
  env: z.array(env).exactOptional(),
  envFrom: z.array(z.unknown()).exactOptional(),
  workingDir: text,
  timeout: text,
  onError: z.enum(["continue", "stopAndFail"]).exactOptional(),
  computeResources: anything,
  securityContext: anything,
  volumeMounts: z.array(z.looseObject({ name: z.string(), mountPath: z.string() })).exactOptional(),
  volumeDevices: anything,
  workspaces: anything,
  stdoutConfig: anything,
  stderrConfig: anything,
  ref: anything,
  params: anything,
  results: anything,
  when: anything,
});

export const taskSpec = z.strictObject({
  displayName: text,
  description: text,
  params: z.array(paramSpec).exactOptional(),
  results: z.array(resultSpec).exactOptional(),
  workspaces: z.array(workspaceDeclaration).exactOptional(),
  steps: z.array(step).min(1),
  stepTemplate: step.exactOptional(),
  sidecars: z.array(z.unknown()).exactOptional(),
  volumes: z.array(z.unknown()).exactOptional(),
}) satisfies z.ZodType<TaskSpec>;

/** In a Pipeline a taskSpec may also carry metadata, and the apiVersion and kind of a custom task. */
export const embeddedTaskSpec = taskSpec.extend({ metadata: anything });

export const task = z.strictObject({
  apiVersion: z.literal("tekton.dev/v1"),
  kind: z.literal("Task"),
  metadata: namedMeta,
  spec: taskSpec,
}) satisfies z.ZodType<Task>;
