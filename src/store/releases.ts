import { sql } from "kysely";
import { releaseSchema, type Release, type ReleasePhase } from "./release-record.ts";
import type { Database } from "./tables.ts";

export type NewRelease = Pick<
  Release,
  "repositoryId" | "name" | "stream" | "runId" | "pullSpec" | "digest" | "commit" | "phase"
> & {
  /** False where not given. */
  readonly byTag?: boolean;
};

export interface ReleaseFilter {
  readonly stream?: string;
  readonly phase?: ReleasePhase;
}

/** Keeps what a build produced; false where the name or the build already has its release. */
export async function insertReleaseIfAbsent(
  db: Database,
  release: NewRelease,
  now: Date,
): Promise<boolean> {
  const createdAt = now.toISOString();
  const result = await db
    .insertInto("releases")
    .values({
      ...release,
      byTag: release.byTag === true ? 1 : 0,
      phaseReason: null,
      phaseBy: null,
      createdAt,
      acceptedAt: release.phase === "Accepted" ? createdAt : null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return result.numInsertedOrUpdatedRows === 1n;
}

export async function getRelease(
  db: Database,
  repositoryId: number,
  name: string,
): Promise<Release | undefined> {
  const row = await db
    .selectFrom("releases")
    .selectAll()
    .where("repositoryId", "=", repositoryId)
    .where("name", "=", name)
    .executeTakeFirst();
  return row === undefined ? undefined : releaseSchema.parse(row);
}

export async function findReleaseOfRun(db: Database, runId: string): Promise<Release | undefined> {
  const row = await db
    .selectFrom("releases")
    .selectAll()
    .where("runId", "=", runId)
    .executeTakeFirst();
  return row === undefined ? undefined : releaseSchema.parse(row);
}

/** The releases that match, newest first. */
export async function listReleases(
  db: Database,
  repositoryId: number,
  filter: ReleaseFilter,
  limit: number,
): Promise<readonly Release[]> {
  const rows = await db
    .selectFrom("releases")
    .selectAll()
    .where("repositoryId", "=", repositoryId)
    .where((column) => column.and({ ...filter }))
    .orderBy("createdAt", "desc")
    .orderBy("name", "desc")
    .limit(limit)
    .execute();
  return rows.map((row) => releaseSchema.parse(row));
}

export interface PhaseChange {
  readonly phase: ReleasePhase;
  readonly reason: string | null;
  /** Login of who decided; null where the verifications did. */
  readonly by: string | null;
}

/** Sets the phase. `acceptedAt` is when the release became Accepted this time; soak counts from it. */
export async function setReleasePhase(
  db: Database,
  repositoryId: number,
  name: string,
  change: PhaseChange,
  now: Date,
): Promise<void> {
  await db
    .updateTable("releases")
    .set({
      phase: change.phase,
      phaseReason: change.reason,
      phaseBy: change.by,
      acceptedAt:
        change.phase === "Accepted"
          ? sql<string>`coalesce(accepted_at, ${now.toISOString()})`
          : null,
    })
    .where("repositoryId", "=", repositoryId)
    .where("name", "=", name)
    .execute();
}
