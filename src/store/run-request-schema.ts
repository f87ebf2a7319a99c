import * as z from "zod";
import type { Cause, RunRequest } from "../streams/runs/run-request.ts";
import type { PipelineRef, WorkspaceSource } from "../streams/types.ts";

const texts = z.record(z.string(), z.string());

export const runKindSchema = z.enum(["build", "verify", "publish", "trial"]);

export const causeSchema = z.templateLiteral([
  z.enum(["merge", "schedule", "upstream", "command", "promotion", "release"]),
  ":",
  z.string(),
]) satisfies z.ZodType<Cause>;

const pipelineRefSchema = z.union([
  z.strictObject({ path: z.string() }),
  z.strictObject({
    git: z.strictObject({ url: z.string(), revision: z.string(), path: z.string() }),
  }),
  z.strictObject({ name: z.string() }),
]) satisfies z.ZodType<PipelineRef>;

const workspaceSourceSchema = z.union([
  z.strictObject({ emptyDir: z.record(z.string(), z.never()) }),
  z.strictObject({ persistentVolumeClaim: z.strictObject({ claimName: z.string() }) }),
  z.strictObject({ volumeClaimTemplate: z.strictObject({ storage: z.string() }) }),
  z.strictObject({ secret: z.strictObject({ secretName: z.string() }) }),
  z.strictObject({ configMap: z.strictObject({ name: z.string() }) }),
]) satisfies z.ZodType<WorkspaceSource>;

/** A run request as the store keeps it. */
export const runRequestSchema = z.object({
  repositoryId: z.int(),
  kind: runKindSchema,
  subject: z.string(),
  stream: z.string(),
  inputDigest: z.string(),
  cause: causeSchema,
  attempt: z.int(),
  cluster: z.string(),
  commit: z.string(),
  pipelineRef: pipelineRefSchema,
  params: texts,
  workspaces: z.record(z.string(), workspaceSourceSchema),
  timeouts: z.object({
    pipeline: z.exactOptional(z.string()),
    tasks: z.exactOptional(z.string()),
    finally: z.exactOptional(z.string()),
  }),
  needs: z.exactOptional(
    z.object({ kvm: z.exactOptional(z.boolean()), memory: z.exactOptional(z.string()) }),
  ),
  upstreams: z.exactOptional(texts),
}) satisfies z.ZodType<RunRequest>;
