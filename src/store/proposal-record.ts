import * as z from "zod";
import { momentColumn } from "./columns.ts";

export const proposalSchema = z.object({
  repositoryId: z.int(),
  /** Number of the issue. */
  issue: z.int(),
  /** Login of who wrote the issue. */
  author: z.string(),
  /** Of what was proposed: an issue that still says so asks for nothing new. */
  digest: z.string(),
  /** The commit of the default branch that the branch grows from. */
  baseSha: z.string(),
  /** The commit that the branch has or is about to get. */
  headSha: z.string(),
  /** The commit below, where the branch stands until then; null before the first. */
  parentSha: z.string().nullable(),
  /** The pull request; null until it is known. */
  pullNumber: z.int().nullable(),
  /** Whether the pull request is merged or closed, as far as it was seen. */
  state: z.enum(["open", "closed"]),
  createdAt: momentColumn,
  updatedAt: momentColumn,
});

export type ProposalRow = z.input<typeof proposalSchema>;
/** A stream that an issue proposes, with what the bot made of it. */
export type ProposalRecord = z.output<typeof proposalSchema>;
