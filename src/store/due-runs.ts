import { runSchema, type Run } from "./run-record.ts";
import type { Database } from "./tables.ts";

/** Makes a run due now, as a hint asks for. */
export async function wakeRun(db: Database, id: string, now: Date): Promise<void> {
  await db
    .updateTable("runs")
    .set({ dueAt: now.toISOString() })
    .where("id", "=", id)
    .where("settled", "=", 0)
    .execute();
}

/** Makes the runs of a cluster due that wait for their turn, as one of them may begin. */
export async function wakeWaitingRuns(db: Database, cluster: string, now: Date): Promise<void> {
  await db
    .updateTable("runs")
    .set({ dueAt: now.toISOString() })
    .where("cluster", "=", cluster)
    .where("state", "=", "requested")
    .where("sentAt", "is", null)
    .where("dueAt", ">", now.toISOString())
    .execute();
}

/** The runs to look at now, those that wait longest first. */
export async function dueRuns(db: Database, now: Date, limit: number): Promise<readonly Run[]> {
  const rows = await db
    .selectFrom("runs")
    .selectAll()
    .where("dueAt", "<=", now.toISOString())
    .orderBy("dueAt")
    .limit(limit)
    .execute();
  return rows.map((row) => runSchema.parse(row));
}
