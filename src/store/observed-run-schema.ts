import * as z from "zod";

const text = z.exactOptional(z.string());
const phase = z.enum(["queued", "running", "succeeded", "failed", "cancelled", "timed-out"]);

const stepSchema = z.object({
  name: z.string(),
  container: z.string(),
  exitCode: z.exactOptional(z.int()),
});

const taskSchema = z.object({
  name: z.string(),
  taskRun: text,
  phase: z.enum([...phase.options, "skipped", "waiting"]),
  reason: text,
  message: text,
  startedAt: text,
  finishedAt: text,
  podName: text,
  failedStep: z.exactOptional(
    z.object({ name: z.string(), container: z.string(), exitCode: z.int() }),
  ),
  steps: z.array(stepSchema),
});

/**
 * How a run looked when its cluster was last read. Its own description of the shape, since
 * rows outlive the code that wrote them; a test holds it equal to what clusters report.
 */
export const observedRunSchema = z.object({
  name: z.string(),
  uid: z.string(),
  runId: text,
  phase,
  reason: z.string(),
  message: z.string(),
  startedAt: text,
  finishedAt: text,
  results: z.record(z.string(), z.string()),
  tasks: z.array(taskSchema),
  asked: z
    .object({
      serviceAccounts: z.array(z.string()),
      params: z.record(z.string(), z.string()),
    })
    .default({ serviceAccounts: [], params: {} }),
});
