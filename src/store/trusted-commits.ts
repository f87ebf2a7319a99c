import type { Database } from "./tables.ts";

export interface TrustedCommit {
  readonly repositoryId: number;
  /** Number of the pull request. */
  readonly pull: number;
  /** Full commit. */
  readonly commit: string;
}

/** Keeps that a maintainer looked at a commit of a pull request and lets it run; the first word stays. */
export async function saveTrustedCommit(
  db: Database,
  trusted: TrustedCommit,
  by: { readonly login: string; readonly commentId: number },
  now: Date,
): Promise<void> {
  await db
    .insertInto("trustedCommits")
    .values({ ...trusted, ...by, createdAt: now.toISOString() })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Whether somebody vouched for exactly this commit in exactly this pull request. */
export async function isTrusted(db: Database, trusted: TrustedCommit): Promise<boolean> {
  const row = await db
    .selectFrom("trustedCommits")
    .select("login")
    .where((column) => column.and({ ...trusted }))
    .executeTakeFirst();
  return row !== undefined;
}
