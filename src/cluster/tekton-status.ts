import * as z from "zod";

const text = z.exactOptional(z.string());
const labels = z.record(z.string(), z.string()).default({});

const conditionsSchema = z
  .array(
    z.object({
      type: z.string(),
      status: z.enum(["True", "False", "Unknown"]),
      reason: z.string().default(""),
      message: z.string().default(""),
    }),
  )
  .default([]);

const metadataSchema = z.object({
  name: z.string(),
  uid: z.string(),
  labels,
  annotations: labels,
});

const namedTasks = z.array(z.object({ name: z.string() })).default([]);

/** What is read of a PipelineRun as Kubernetes writes it. */
export const pipelineRunSchema = z.object({
  metadata: metadataSchema,
  spec: z
    .object({
      params: z.array(z.object({ name: z.string(), value: z.unknown() })).default([]),
      taskRunTemplate: z.object({ serviceAccountName: text }).prefault({}),
      taskRunSpecs: z.array(z.object({ serviceAccountName: text })).default([]),
    })
    .prefault({}),
  status: z
    .object({
      conditions: conditionsSchema,
      startTime: text,
      completionTime: text,
      results: z.array(z.object({ name: z.string(), value: z.unknown() })).default([]),
      childReferences: z
        .array(z.object({ kind: text, name: z.string(), pipelineTaskName: z.string() }))
        .default([]),
      skippedTasks: z.array(z.object({ name: z.string(), reason: text })).default([]),
      pipelineSpec: z
        .object({ tasks: namedTasks, finally: namedTasks })
        .default({ tasks: [], finally: [] }),
    })
    .prefault({}),
});

const stepStateSchema = z.object({
  name: z.string(),
  container: text,
  terminationReason: text,
  terminated: z.exactOptional(z.object({ exitCode: z.int(), reason: text })),
});

/** What is read of a TaskRun. */
export const taskRunSchema = z.object({
  metadata: metadataSchema,
  status: z
    .object({
      conditions: conditionsSchema,
      startTime: text,
      completionTime: text,
      podName: text,
      steps: z.array(stepStateSchema).default([]),
    })
    .prefault({}),
});

export const pipelineRunListSchema = z.object({ items: z.array(pipelineRunSchema) });
export const taskRunListSchema = z.object({ items: z.array(taskRunSchema) });

export type PipelineRunObject = z.output<typeof pipelineRunSchema>;
export type TaskRunObject = z.output<typeof taskRunSchema>;
