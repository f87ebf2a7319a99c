import type { CheckRunRow, Database } from "./tables.ts";

export interface CheckRunKey {
  readonly repositoryId: number;
  readonly headSha: string;
  readonly name: string;
}

/** What `ensureCheckRun` needs to know to write nothing twice. */
export interface KnownCheckRun {
  readonly id: number;
  readonly hash: string;
  readonly externalId: string;
}

export async function getKnownCheckRun(
  db: Database,
  key: CheckRunKey,
): Promise<KnownCheckRun | undefined> {
  return await db
    .selectFrom("checkRuns")
    .select(["checkRunId as id", "bodyHash as hash", "externalId"])
    .where((column) => column.and({ ...key }))
    .executeTakeFirst();
}

export async function saveKnownCheckRun(
  db: Database,
  key: CheckRunKey,
  known: KnownCheckRun,
): Promise<void> {
  const { id: checkRunId, hash: bodyHash, externalId } = known;
  const columns = { checkRunId, bodyHash, externalId };
  await db
    .insertInto("checkRuns")
    .values({ ...key, ...columns })
    .onConflict((conflict) =>
      conflict.columns(["repositoryId", "headSha", "name"]).doUpdateSet(columns),
    )
    .execute();
}

/** What a check run of ours stands for; undefined for one that we did not make, whose re-run is not ours to answer. */
export async function findCheckRun(
  db: Database,
  repositoryId: number,
  checkRunId: number,
): Promise<CheckRunRow | undefined> {
  return await db
    .selectFrom("checkRuns")
    .selectAll()
    .where("repositoryId", "=", repositoryId)
    .where("checkRunId", "=", checkRunId)
    .executeTakeFirst();
}
