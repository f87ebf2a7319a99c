import type { Database, TrackingIssueRow } from "./tables.ts";

/** The issue that tells of a stream's failure, where there is one. */
export async function getTrackingIssue(
  db: Database,
  repositoryId: number,
  stream: string,
): Promise<TrackingIssueRow | undefined> {
  return await db
    .selectFrom("trackingIssues")
    .selectAll()
    .where((column) => column.and({ repositoryId, stream }))
    .executeTakeFirst();
}

/** The issues of a repository, by the name of the stream. */
export async function listTrackingIssues(
  db: Database,
  repositoryId: number,
): Promise<readonly TrackingIssueRow[]> {
  return await db
    .selectFrom("trackingIssues")
    .selectAll()
    .where("repositoryId", "=", repositoryId)
    .orderBy("stream")
    .execute();
}

export async function saveTrackingIssue(db: Database, issue: TrackingIssueRow): Promise<void> {
  const { number, bodyHash } = issue;
  await db
    .insertInto("trackingIssues")
    .values(issue)
    .onConflict((conflict) =>
      conflict.columns(["repositoryId", "stream"]).doUpdateSet({ number, bodyHash }),
    )
    .execute();
}

/** Forgets the issue of a stream: its next failure has one of its own. */
export async function removeTrackingIssue(
  db: Database,
  repositoryId: number,
  stream: string,
): Promise<void> {
  await db
    .deleteFrom("trackingIssues")
    .where((column) => column.and({ repositoryId, stream }))
    .execute();
}
