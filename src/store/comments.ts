import type { Database } from "./tables.ts";

export interface CommentKey {
  readonly repositoryId: number;
  /** Number of the issue or pull request. */
  readonly issue: number;
  readonly purpose: string;
}

/** What `ensureComment` needs to know to write nothing twice. */
export interface KnownComment {
  readonly id: number;
  readonly hash: string;
}

export async function getKnownComment(
  db: Database,
  key: CommentKey,
): Promise<KnownComment | undefined> {
  return await db
    .selectFrom("comments")
    .select(["commentId as id", "bodyHash as hash"])
    .where((column) => column.and({ ...key }))
    .executeTakeFirst();
}

export async function saveKnownComment(
  db: Database,
  key: CommentKey,
  known: KnownComment,
): Promise<void> {
  const columns = { commentId: known.id, bodyHash: known.hash };
  await db
    .insertInto("comments")
    .values({ ...key, ...columns })
    .onConflict((conflict) =>
      conflict.columns(["repositoryId", "issue", "purpose"]).doUpdateSet(columns),
    )
    .execute();
}
