import * as z from "zod";
import { momentColumn } from "./columns.ts";

export const promotionSchema = z.object({
  /** Id of the comment that asked for it, or a UUID where none did. */
  id: z.string(),
  repositoryId: z.int(),
  channel: z.string(),
  /** The release to promote. */
  release: z.string(),
  /** The name that it is published under. */
  targetName: z.string(),
  /** The channel's published name at the time of the request; null for a channel's first. */
  fromRelease: z.string().nullable(),
  /** Login. */
  requester: z.string(),
  /** Number of the issue or pull request that the request was written on. */
  requestedIn: z.int().nullable(),
  /** The promotion pull request. */
  pullNumber: z.int().nullable(),
  branch: z.string(),
  /** Head of the branch as the bot made it. */
  headSha: z.string().nullable(),
  decisionDigest: z.string(),
  state: z.enum([
    "requested",
    "open",
    "merged",
    "declined",
    "closed",
    "published",
    "publish-failed",
  ]),
  holdReason: z.string().nullable(),
  heldBy: z.string().nullable(),
  mergeCommit: z.string().nullable(),
  createdAt: momentColumn,
  updatedAt: momentColumn,
  /** When to look at it again; null: only when something happens. */
  dueAt: momentColumn.nullable(),
  attempts: z.int(),
  error: z.string().nullable(),
});

export const approvalSchema = z.object({
  promotionId: z.string(),
  login: z.string(),
  commentId: z.int(),
  /** What exactly was approved; an approval of another decision counts for nothing. */
  decisionDigest: z.string(),
  createdAt: momentColumn,
});

export type PromotionRow = z.input<typeof promotionSchema>;
/** Moving a channel to a release. */
export type Promotion = z.output<typeof promotionSchema>;
export type PromotionState = Promotion["state"];
export type ApprovalRow = z.input<typeof approvalSchema>;
export type Approval = z.output<typeof approvalSchema>;
