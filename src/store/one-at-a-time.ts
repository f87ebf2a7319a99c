import { PostgresAdapter, sql } from "kysely";
import type { Database } from "./tables.ts";

/**
 * Runs a statement beside no other of the same name, whatever process it is in. SQLite writes one statement at a time
 * by itself; PostgreSQL's statements do not see what others are about to write.
 */
export async function oneAtATime<T>(
  db: Database,
  name: string,
  act: (db: Database) => Promise<T>,
): Promise<T> {
  if (!(db.getExecutor().adapter instanceof PostgresAdapter)) return act(db);
  return db.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`okd-streams ${name}`}, 0))`.execute(
      transaction,
    );
    return act(transaction);
  });
}
