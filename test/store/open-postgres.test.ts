import { expect, test } from "@jest/globals";
import { passwordsOf, showAddress } from "../../src/store/database-address.ts";
import { openStore } from "../../src/store/open-store.ts";
import { enqueueDelivery, failDelivery, listDeliveries } from "../../src/store/deliveries.ts";
import { postgresPassword } from "../support/postgres.ts";
import { onPostgres } from "./each-database.ts";

const address = `postgres://bot:${postgresPassword}@db.example.org:5432/okd?password=also-secret`;

test("shows an address without what opens the database", () => {
  expect(showAddress(address)).toBe("postgres://db.example.org:5432/okd");
  expect(showAddress("postgresql:///okd?host=/run/postgresql&password=x")).toBe("postgres:///okd");
  for (const unclear of ["bot:p@ss/word@[", "bot:p@ss@host/okd", "bot:pa/ss@host/okd"])
    expect(showAddress(`postgres://${unclear}`)).toBe("postgres://…");
  expect(showAddress("file:/x.db")).toBe("file:/x.db");
});

test("knows the passwords of an address, as they are written and as they are meant", () => {
  expect(passwordsOf(address)).toEqual([postgresPassword, "also-secret", "a/password"]);
  expect(passwordsOf("postgres://localhost/okd")).toEqual([]);
  expect(passwordsOf("file:/x.db")).toEqual([]);
});

test.each([
  ["postgres://bot:hunter2@127.0.0.1:1/okd", "unavailable"],
  ["postgres://bot:hunter2@[/okd", "invalid"],
])("says that %j cannot be opened, without the password", async (url, kind) => {
  const error = await openStore(url).then(
    () => undefined,
    (caught: unknown) => caught,
  );
  expect(error).toMatchObject({ problem: { kind } });
  expect(JSON.stringify(error) + String(error)).not.toContain("hunter2");
});

onPostgres((postgres) => {
  test("keeps a text with the one character that PostgreSQL does not take", async () => {
    const store = await openStore(await postgres().createDatabase());
    const now = new Date();
    await enqueueDelivery(store.db, { id: "a", event: "push", payload: "\0", groupKey: "g" }, now);
    await failDelivery(store.db, "a", "it said \0", now);
    expect(await listDeliveries(store.db, "failed", 1)).toMatchObject([
      { payload: "\0", error: "it said \uFFFD" },
    ]);
    await store.close();
  });
});
