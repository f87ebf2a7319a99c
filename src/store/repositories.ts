import { repositorySchema, type Repository } from "./repository-record.ts";
import type { Database } from "./tables.ts";

export interface SeenRepository {
  readonly id: number;
  readonly installationId: number;
  readonly owner: string;
  readonly name: string;
  readonly defaultBranch: string;
}

/** Keeps what GitHub says of a repository: new, renamed, moved, installed anew. Gives it as it is then. */
export async function saveRepository(
  db: Database,
  seen: SeenRepository,
  now: Date,
): Promise<Repository> {
  const updatedAt = now.toISOString();
  const { id, ...facts } = seen;
  const row = await db
    .insertInto("repositories")
    .values({ id, ...facts, baseline: null, syncedCommit: null, seenAt: updatedAt, updatedAt })
    .onConflict((conflict) => conflict.column("id").doUpdateSet({ ...facts, updatedAt }))
    .returningAll()
    .executeTakeFirstOrThrow();
  return repositorySchema.parse(row);
}

export async function getRepository(db: Database, id: number): Promise<Repository | undefined> {
  const row = await db
    .selectFrom("repositories")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirst();
  return row === undefined ? undefined : repositorySchema.parse(row);
}

/** All repositories by owner and name. */
export async function listRepositories(db: Database): Promise<readonly Repository[]> {
  const rows = await db
    .selectFrom("repositories")
    .selectAll()
    .orderBy("owner")
    .orderBy("name")
    .execute();
  return rows.map((row) => repositorySchema.parse(row));
}

/** Sets the baseline once; gives the one that holds, which is the first that was ever set. */
export async function setBaseline(db: Database, id: number, commit: string): Promise<string> {
  await db
    .updateTable("repositories")
    .set({ baseline: commit })
    .where("id", "=", id)
    .where("baseline", "is", null)
    .execute();
  const row = await db
    .selectFrom("repositories")
    .select("baseline")
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  return row.baseline ?? commit;
}

/** Notes that everything that follows from this commit has been carried out. */
export async function setSyncedCommit(
  db: Database,
  id: number,
  commit: string,
  now: Date,
): Promise<void> {
  await db
    .updateTable("repositories")
    .set({ syncedCommit: commit, updatedAt: now.toISOString() })
    .where("id", "=", id)
    .execute();
}

/** Forgets a repository that the App was removed from; its runs and releases stay. */
export async function removeRepository(db: Database, id: number): Promise<void> {
  await db.deleteFrom("repositories").where("id", "=", id).execute();
}
