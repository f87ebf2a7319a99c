import { SqliteDialect, type Dialect } from "kysely";
import Libsql from "libsql";
import { ProblemError } from "../problem.ts";

const busyTimeoutMilliseconds = 5000;

/**
 * The Kysely dialect of a database's address: `file:PATH` or `:memory:`, both SQLite.
 * Throws a ProblemError for any other address and where the file cannot be opened.
 */
export function openDialect(url: string): Dialect {
  const path = url === ":memory:" ? url : /^file:(?<path>[^?]+)$/.exec(url)?.groups?.["path"];
  if (path === undefined) {
    throw new ProblemError({
      kind: "unsupported",
      where: "database",
      what: "The database's address is neither `file:PATH` nor `:memory:`.",
      next: "Write it as file:/var/lib/okd-streams/okd-streams.db.",
    });
  }
  return new SqliteDialect({ database: openSqlite(path) });
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
