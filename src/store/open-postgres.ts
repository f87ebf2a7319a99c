import { PostgresDialect, type Dialect } from "kysely";
import { Pool, TypeOverrides, types, type ClientConfig } from "pg";

/** Beside the one connection of the locks. */
const mostConnections = 10;
const connectTimeoutMilliseconds = 10_000;

/** How every connection to a PostgreSQL database is made. */
export function postgresConfig(url: string): ClientConfig {
  const readers = new TypeOverrides();
  // The ids of GitHub fit into a number, as SQLite gives them.
  readers.setTypeParser(types.builtins.INT8, Number);
  return {
    connectionString: url,
    application_name: "okd-streams",
    connectionTimeoutMillis: connectTimeoutMilliseconds,
    keepAlive: true,
    types: readers,
  };
}

/** The Kysely dialect of a PostgreSQL database, which behaves as SQLite's does. */
export function openPostgres(url: string): Dialect {
  const pool = new Pool({ ...postgresConfig(url), max: mostConnections });
  // A connection that breaks while nobody uses it is replaced by the next query, which fails if it must.
  pool.on("error", () => undefined);
  const dialect = new PostgresDialect({ pool });
  return {
    createDriver: () => dialect.createDriver(),
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => {
      const compiler = dialect.createQueryCompiler();
      return {
        compileQuery(node, id) {
          const query = compiler.compileQuery(node, id);
          return { ...query, parameters: query.parameters.map(withoutNul) };
        },
      };
    },
  };
}

/** PostgreSQL's text holds every character but this one, which the logs of builds may have. */
function withoutNul(value: unknown): unknown {
  return typeof value === "string" ? value.replaceAll("\u0000", "\uFFFD") : value;
}
