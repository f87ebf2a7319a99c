import { SqliteDialect, type Dialect } from "kysely";
import Libsql from "libsql";
import { ProblemError } from "../problem.ts";
import { filePathOf, isPostgresAddress } from "./database-address.ts";
import { openPostgres } from "./open-postgres.ts";

const busyTimeoutMilliseconds = 5000;

/**
 * The Kysely dialect of a database's address: `postgres://…`, or SQLite's `file:PATH` and `:memory:`.
 * Throws a ProblemError for any other address and where the file cannot be opened.
 */
export function openDialect(url: string): Dialect {
  if (isPostgresAddress(url)) return openPostgres(checkUrl(url));
  const path = url === ":memory:" ? url : filePathOf(url);
  if (path === undefined) {
    throw new ProblemError({
      kind: "unsupported",
      where: "database",
      what: "The database's address is neither `postgres://…` nor `file:PATH` nor `:memory:`.",
      next: "Write it as file:/var/lib/okd-streams/okd-streams.db, or as postgres://USER@HOST/DATABASE.",
    });
  }
  return new SqliteDialect({ database: openSqlite(path) });
}

/** What is no URL would be shown whole, with its password, by the error of whoever parses it. */
function checkUrl(url: string): string {
  if (URL.canParse(url)) return url;
  throw new ProblemError({
    kind: "invalid",
    where: "database",
    what: "The database's address is no URL.",
    next: "Write it as postgres://USER:PASSWORD@HOST:PORT/DATABASE, with what is special in the password in percent form, such as %40 for @.",
  });
}

function openSqlite(path: string): Libsql.Database {
  try {
    const database = new Libsql(path);
    database.pragma(`busy_timeout = ${busyTimeoutMilliseconds}`);
    database.pragma("journal_mode = WAL");
    // An acknowledged delivery has to survive the loss of power, not just of the process.
    database.pragma("synchronous = FULL");
    database.pragma("foreign_keys = ON");
    return database;
  } catch (error) {
    throw new ProblemError(
      {
        kind: "unavailable",
        where: path,
        what: `The database cannot be opened: ${error instanceof Error ? error.message : String(error)}.`,
        next: "Check that its folder exists and may be written to.",
      },
      { cause: error },
    );
  }
}
