import { CamelCasePlugin, Kysely, Migrator, type Dialect } from "kysely";
import { ProblemError } from "../problem.ts";
import { migrations } from "./migrations.ts";
import { openDialect } from "./open-dialect.ts";
import type { Database, Tables } from "./tables.ts";

export interface Store {
  readonly db: Database;
  close(): Promise<void>;
}

/**
 * The database at `url` (`file:PATH` or `:memory:`), brought to the newest schema.
 * Throws a ProblemError where it cannot be opened or migrated.
 */
export async function openStore(url: string): Promise<Store> {
  const dialect = openDialect(url);
  await migrate(dialect, url);
  const db = new Kysely<Tables>({ dialect, plugins: [new CamelCasePlugin()] });
  return { db, close: () => db.destroy() };
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
      where: url,
      what: `The database's schema cannot be brought up to date: ${error instanceof Error ? error.message : JSON.stringify(error)}.`,
      next: "A database written by a newer version cannot be opened by an older one.",
    },
    { cause: error },
  );
}
