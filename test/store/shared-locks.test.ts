import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { postgresConfig } from "../../src/store/open-postgres.ts";
import { openSharedLocks, type SharedLocks } from "../../src/store/shared-locks.ts";
import { waitFor } from "../../src/demo/wait-for.ts";
import { onPostgres } from "./each-database.ts";

const soon = { timeoutMs: 10_000, everyMs: 20 };

onPostgres((postgres) => {
  let address: string;
  let one: SharedLocks;
  let other: SharedLocks;
  beforeEach(async () => {
    address = await postgres().createDatabase();
    one = openSharedLocks(postgresConfig(address));
    other = openSharedLocks(postgresConfig(address));
  });
  afterEach(() => Promise.all([one.close(), other.close()]));

  /** As a process that dies, or a network that breaks, looks to the database. */
  const breakConnections = () =>
    postgres().query(
      address,
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'okd-streams'",
    );

  test("gives a key to one process at a time", async () => {
    expect(await one.tryTake("a")).toBe(true);
    expect(await one.tryTake("a")).toBe(true);
    expect(await other.tryTake("a")).toBe(false);
    expect(await other.tryTake("b")).toBe(true);
    await one.release("a");
    expect(await other.tryTake("a")).toBe(true);
  });

  test("shows who has a key without taking it", async () => {
    for (const key of ["a", "replica 2", "", "ß"]) {
      expect(await other.isTaken(key)).toBe(false);
      await one.tryTake(key);
      expect(await other.isTaken(key)).toBe(true);
      await one.release(key);
      expect(await other.isTaken(key)).toBe(false);
    }
  });

  test("is free of what a process held that ended", async () => {
    await one.tryTake("a");
    await one.close();
    expect(await other.tryTake("a")).toBe(true);
  });

  test("takes what it holds again when its connection broke, without being asked", async () => {
    await one.tryTake("a");
    await breakConnections();
    await waitFor("it is taken again", async () => (await other.isTaken("a")) || undefined, soon);
    expect(await other.tryTake("a")).toBe(false);
    await one.release("a");
    expect(await other.tryTake("a")).toBe(true);
  });

  test("needs one connection, however many keys it holds", async () => {
    const keys = Array.from({ length: 200 }, (_, n) => `key ${n}`);
    expect(await Promise.all(keys.map((key) => one.tryTake(key)))).not.toContain(false);
    const connections = await postgres().query(
      address,
      "select from pg_stat_activity where datname = current_database() and application_name = 'okd-streams'",
    );
    expect(connections).toHaveLength(1);
  });
});
