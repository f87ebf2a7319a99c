import { afterAll, beforeAll, describe } from "@jest/globals";
import {
  postgresPrograms,
  startPostgres,
  withoutPostgres,
  type Postgres,
} from "../support/postgres.ts";

/** Gives the address of an empty database. */
export type CreateDatabase = () => Promise<string>;

/** Runs the same tests on SQLite and on PostgreSQL; on the latter only where the machine has its server. */
export function onEachDatabase(define: (createDatabase: CreateDatabase) => void): void {
  describe("on SQLite", () => define(() => Promise.resolve(":memory:")));
  onPostgres((postgres) => define(() => postgres().createDatabase()));
}

/** Runs tests on a PostgreSQL server of their own. */
export function onPostgres(define: (postgres: () => Postgres) => void): void {
  const name = "on PostgreSQL";
  if (postgresPrograms === undefined) {
    describe.skip(`${name} (${withoutPostgres})`, () => define(unreachable));
    return;
  }
  describe(name, () => {
    let postgres: Postgres;
    beforeAll(async () => {
      postgres = await startPostgres();
    }, 60_000);
    afterAll(() => postgres.close());
    define(() => postgres);
  });
}

function unreachable(): never {
  throw new Error(withoutPostgres);
}
