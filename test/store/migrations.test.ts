import { expect, test } from "@jest/globals";
import { Kysely, Migrator, sql } from "kysely";
import { migrations } from "../../src/store/migrations.ts";
import { openDialect } from "../../src/store/open-dialect.ts";
import { openStore } from "../../src/store/open-store.ts";
import { onEachDatabase, onPostgres } from "./each-database.ts";

onEachDatabase((createDatabase) => {
  test("a database of an earlier version keeps runs that it had twice, each under a cause of its own", async () => {
    const db = new Kysely<unknown>({ dialect: openDialect(await createDatabase()) });
    const migrator = new Migrator({
      db,
      provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
    });
    expect((await migrator.migrateTo("002-begun-writes")).error).toBeUndefined();
    for (const id of ["b", "a", "c"])
      await sql`insert into runs (id, repository_id, kind, subject, stream, input_digest, cause, attempt, cluster, name,
      "commit", request, state, requested_at, attempts, settled) values (${id}, 1, 'build', 'edge', 'edge', ${id},
      'schedule:x', 1, 'moc', ${id}, 'd', '{}', 'requested', '2026', 0, 0)`.execute(db);
    expect((await migrator.migrateToLatest()).error).toBeUndefined();
    const { rows } = await sql`select id, cause from runs order by id`.execute(db);
    expect(rows).toEqual([
      { id: "a", cause: "schedule:x" },
      { id: "b", cause: "schedule:x/b" },
      { id: "c", cause: "schedule:x/c" },
    ]);
    await db.destroy();
  });
});

onPostgres((postgres) => {
  test("replicas that start at once migrate once", async () => {
    const address = await postgres().createDatabase();
    const stores = await Promise.all(Array.from({ length: 4 }, () => openStore(address)));
    await Promise.all(stores.map((store) => store.close()));
    const applied = await postgres().query(address, "select name from kysely_migration");
    expect(applied).toHaveLength(Object.keys(migrations).length);
  });
});
