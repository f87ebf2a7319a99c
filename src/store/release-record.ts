import * as z from "zod";
import { flagColumn, momentColumn } from "./columns.ts";

export const releaseSchema = z.object({
  repositoryId: z.int(),
  name: z.string(),
  stream: z.string(),
  /** The build that produced it. */
  runId: z.string(),
  pullSpec: z.string(),
  digest: z.string(),
  /** Whether the digest was read from a tag after the build, and not given by the pipeline itself. */
  byTag: flagColumn,
  commit: z.string(),
  phase: z.enum(["Pending", "Failed", "Ready", "Accepted", "Rejected"]),
  phaseReason: z.string().nullable(),
  /** Login of who set the phase by hand; null where the verifications did. */
  phaseBy: z.string().nullable(),
  createdAt: momentColumn,
  acceptedAt: momentColumn.nullable(),
});

export type ReleaseRow = z.input<typeof releaseSchema>;
/** What a build produced. */
export type Release = z.output<typeof releaseSchema>;
export type ReleasePhase = Release["phase"];
