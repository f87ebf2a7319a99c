import type { Database } from "./tables.ts";

/**
 * Notes that something is about to be written to GitHub; false where that was noted before, so that an earlier attempt
 * may have written it and could not say so.
 */
export async function beginWrite(
  db: Database,
  repositoryId: number,
  what: string,
): Promise<boolean> {
  const result = await db
    .insertInto("begunWrites")
    .values({ repositoryId, what })
    .onConflict((conflict) => conflict.columns(["repositoryId", "what"]).doNothing())
    .executeTakeFirstOrThrow();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** Forgets it again: what was written is noted elsewhere. */
export async function endWrite(db: Database, repositoryId: number, what: string): Promise<void> {
  await db
    .deleteFrom("begunWrites")
    .where((row) => row.and({ repositoryId, what }))
    .execute();
}
