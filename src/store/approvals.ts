import { approvalSchema, type Approval } from "./promotion-record.ts";
import type { Database } from "./tables.ts";

/** Keeps a person's approval; a later one of the same person replaces it. */
export async function saveApproval(
  db: Database,
  approval: Omit<Approval, "createdAt">,
  now: Date,
): Promise<void> {
  const createdAt = now.toISOString();
  const { commentId, decisionDigest } = approval;
  await db
    .insertInto("approvals")
    .values({ ...approval, createdAt })
    .onConflict((conflict) =>
      conflict
        .columns(["promotionId", "login"])
        .doUpdateSet({ commentId, decisionDigest, createdAt }),
    )
    .execute();
}

/** Takes a person's approval back; false where there was none. */
export async function removeApproval(
  db: Database,
  promotionId: string,
  login: string,
): Promise<boolean> {
  const result = await db
    .deleteFrom("approvals")
    .where("promotionId", "=", promotionId)
    .where("login", "=", login)
    .executeTakeFirstOrThrow();
  return result.numDeletedRows === 1n;
}

/** The approvals of a promotion, oldest first, of whatever decision digest. */
export async function listApprovals(
  db: Database,
  promotionId: string,
): Promise<readonly Approval[]> {
  const rows = await db
    .selectFrom("approvals")
    .selectAll()
    .where("promotionId", "=", promotionId)
    .orderBy("createdAt")
    .orderBy("login")
    .execute();
  return rows.map((row) => approvalSchema.parse(row));
}
