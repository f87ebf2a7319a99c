import * as z from "zod";
import { momentColumn } from "./columns.ts";

export const repositorySchema = z.object({
  id: z.int(),
  installationId: z.int(),
  owner: z.string(),
  name: z.string(),
  defaultBranch: z.string(),
  /** Causes at or before this commit are never built: it was the head when the App was installed. */
  baseline: z.string().nullable(),
  /** Head of the default branch that was last carried out completely. */
  syncedCommit: z.string().nullable(),
  /** When it was seen first: nothing that was due before is made up for. */
  seenAt: momentColumn,
  updatedAt: momentColumn,
});

export type RepositoryRow = z.input<typeof repositorySchema>;
/** A streams repository that the App is installed on. */
export type Repository = z.output<typeof repositorySchema>;
