import {
  CamelCasePlugin,
  HandleEmptyInListsPlugin,
  Kysely,
  Migrator,
  replaceWithNoncontingentExpression,
  sql,
  type Dialect,
} from "kysely";
import { ProblemError } from "../problem.ts";
import { isPostgresAddress, showAddress } from "./database-address.ts";
import { migrations } from "./migrations.ts";
import { openDialect } from "./open-dialect.ts";
import { postgresConfig } from "./open-postgres.ts";
import { openSharedLocks, type SharedLocks } from "./shared-locks.ts";
import type { Database, Tables } from "./tables.ts";

export interface Store {
  readonly db: Database;
  /** Of all processes on the database; absent where it is for one process. */
  readonly locks?: SharedLocks;
  close(): Promise<void>;
}

const plugins = [
  new CamelCasePlugin(),
  // Among none, there is nothing: only SQLite takes that as it is.
  new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression }),
];

/**
 * The database at `url` (`postgres://…`, `file:PATH` or `:memory:`), brought to the newest schema.
 * Throws a ProblemError where it cannot be opened or migrated.
 */
export async function openStore(url: string): Promise<Store> {
  const dialect = openDialect(url);
  const db = new Kysely<Tables>({ dialect, plugins });
  try {
    await checkAnswer(db, url);
    await migrate(dialect, url);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  if (!isPostgresAddress(url)) return { db, close: () => db.destroy() };
  const locks = openSharedLocks(postgresConfig(url));
  return {
    db,
    locks,
    async close() {
      await locks.close();
      await db.destroy();
    },
  };
}

async function checkAnswer(db: Database, url: string): Promise<void> {
  try {
    await sql`select 1`.execute(db);
  } catch (error) {
    throw new ProblemError(
      {
        kind: "unavailable",
        where: showAddress(url),
        what: `The database cannot be opened: ${error instanceof Error ? error.message : String(error)}.`,
        next: isPostgresAddress(url)
          ? "Check that it runs, and the user and the password of its address."
          : "Check that the file is a database of the bot.",
      },
      { cause: error },
    );
  }
}

async function migrate(dialect: Dialect, url: string): Promise<void> {
  // Migrations write the names as the database has them, so they run without the plugin.
  const migrator = new Migrator({
    db: new Kysely<unknown>({ dialect }),
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  throw new ProblemError(
    {
      kind: "conflict",
      where: showAddress(url),
      what: `The database's schema cannot be brought up to date: ${error instanceof Error ? error.message : JSON.stringify(error)}.`,
      next: "A database written by a newer version cannot be opened by an older one.",
    },
    { cause: error },
  );
}
