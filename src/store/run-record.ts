import * as z from "zod";
import { flagColumn, jsonColumn, momentColumn } from "./columns.ts";
import { observedRunSchema } from "./observed-run-schema.ts";
import { causeSchema, runKindSchema, runRequestSchema } from "./run-request-schema.ts";

export const runSchema = z.object({
  /** Run key, 64 hex characters. */
  id: z.string(),
  repositoryId: z.int(),
  kind: runKindSchema,
  subject: z.string(),
  stream: z.string(),
  inputDigest: z.string(),
  cause: causeSchema,
  /** Part of the key: from 1, and the next one for each retry that a person asks for. */
  attempt: z.int(),
  cluster: z.string(),
  /** Name of the PipelineRun. */
  name: z.string(),
  commit: z.string(),
  request: jsonColumn(runRequestSchema),
  state: z.enum([
    "requested",
    "submitted",
    "queued",
    "running",
    "succeeded",
    "failed",
    "cancelled",
    "timed-out",
    "lost",
    "parked",
  ]),
  reason: z.string().nullable(),
  message: z.string().nullable(),
  /** What the EventListener answered, as its objects are labelled. */
  eventId: z.string().nullable(),
  requestedAt: momentColumn,
  /** When it was first sent to the listener, whether or not an answer came; null while it waits for its turn. */
  sentAt: momentColumn.nullable(),
  submittedAt: momentColumn.nullable(),
  /** As the cluster says, so perhaps without milliseconds. */
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  /** After it, a run that still is not over is lost. */
  deadlineAt: momentColumn.nullable(),
  results: jsonColumn(z.record(z.string(), z.string())).nullable(),
  observed: jsonColumn(observedRunSchema).nullable(),
  logTail: z.string().nullable(),
  /** The pull request that the run is reported on. */
  pullNumber: z.int().nullable(),
  /** Login; null where no person asked. */
  requestedBy: z.string().nullable(),
  /** When to look at the run again; null: never by itself. */
  dueAt: momentColumn.nullable(),
  /** Failed tries of the step that is due. */
  attempts: z.int(),
  /** The consequences of the run's end have been carried out. */
  settled: flagColumn,
  error: z.string().nullable(),
  /** Who or what wants it to end; it is stopped as soon as it can be. */
  stopNote: z.string().nullable(),
});

export type RunRow = z.input<typeof runSchema>;
/** One Tekton PipelineRun that we asked for. */
export type Run = z.output<typeof runSchema>;
export type RunState = Run["state"];
