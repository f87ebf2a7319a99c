import { afterEach, beforeEach, expect, test } from "@jest/globals";
import {
  claimDelivery,
  completeDelivery,
  countDeliveries,
  enqueueDelivery,
  failDelivery,
  listDeliveries,
  nextDeliveryDue,
  listWorkers,
  releaseDeliveries,
  retryDelivery,
} from "../../src/store/deliveries.ts";
import { openStore, type Store } from "../../src/store/open-store.ts";
import { onEachDatabase } from "./each-database.ts";

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds));

onEachDatabase((createDatabase) => {
  let store: Store;
  beforeEach(async () => {
    store = await openStore(await createDatabase());
  });
  afterEach(() => store.close());

  const enqueue = (id: string, groupKey: string, seconds: number) =>
    enqueueDelivery(store.db, { id, event: "push", payload: { id }, groupKey }, at(seconds));

  test("takes a delivery once, however often it comes", async () => {
    expect(await enqueue("a", "pull:1", 0)).toBe(true);
    expect(await enqueue("a", "pull:1", 5)).toBe(false);
    expect(await countDeliveries(store.db)).toEqual({ queued: 1, working: 0, done: 0, failed: 0 });
  });

  test("gives the oldest first, one at a time in a group, many side by side", async () => {
    await enqueue("second", "pull:1", 2);
    await enqueue("first", "pull:1", 1);
    await enqueue("other", "pull:2", 3);
    const claimed = [
      await claimDelivery(store.db, "here", at(9)),
      await claimDelivery(store.db, "here", at(9)),
    ];
    expect(claimed.map((delivery) => delivery?.id)).toEqual(["first", "other"]);
    expect(claimed[0]).toMatchObject({ payload: { id: "first" }, attempts: 1, state: "working" });
    expect(await claimDelivery(store.db, "here", at(9))).toBeUndefined();
    await completeDelivery(store.db, "first", at(10));
    expect((await claimDelivery(store.db, "here", at(10)))?.id).toBe("second");
  });

  test("gives no delivery to two workers", async () => {
    await Promise.all([1, 2, 3, 4].map((n) => enqueue(`d${n}`, `g${n}`, n)));
    const claimed = await Promise.all(
      Array.from({ length: 8 }, () => claimDelivery(store.db, "here", at(9))),
    );
    const ids = claimed.flatMap((delivery) => (delivery === undefined ? [] : [delivery.id]));
    expect(ids.sort()).toEqual(["d1", "d2", "d3", "d4"]);
  });

  test("holds one back until its retry is due, and lets later ones pass", async () => {
    await enqueue("a", "pull:1", 0);
    await claimDelivery(store.db, "here", at(1));
    await retryDelivery(store.db, "a", { dueAt: at(60), error: "waiting for GitHub" });
    await enqueue("b", "pull:1", 2);
    expect(await nextDeliveryDue(store.db)).toEqual(at(2));
    expect((await claimDelivery(store.db, "here", at(3)))?.id).toBe("b");
    await completeDelivery(store.db, "b", at(4));
    expect(await claimDelivery(store.db, "here", at(59))).toBeUndefined();
    expect(await claimDelivery(store.db, "here", at(60))).toMatchObject({ id: "a", attempts: 2 });
  });

  test("parks what failed where it can be listed and taken up again", async () => {
    await enqueue("a", "pull:1", 0);
    await claimDelivery(store.db, "here", at(1));
    await failDelivery(store.db, "a", "no such repository", at(2));
    expect(await listDeliveries(store.db, "failed", 10)).toMatchObject([
      { id: "a", error: "no such repository", finishedAt: at(2).toISOString() },
    ]);
    expect(await claimDelivery(store.db, "here", at(3))).toBeUndefined();
    await retryDelivery(store.db, "a", { dueAt: at(4), error: "tried again" });
    expect(await claimDelivery(store.db, "here", at(4))).toMatchObject({
      id: "a",
      finishedAt: null,
    });
  });

  test("gives no two deliveries of a group to two workers", async () => {
    await Promise.all([1, 2, 3, 4].map((n) => enqueue(`d${n}`, `g${n % 2}`, n)));
    const claimed = await Promise.all(
      Array.from({ length: 8 }, (_, n) => claimDelivery(store.db, `worker ${n}`, at(9))),
    );
    const groups = claimed.flatMap((delivery) => delivery?.groupKey ?? []);
    expect(groups.sort()).toEqual(["g0", "g1"]);
  });

  test("gives back what a dead process had in work, and leaves the others theirs", async () => {
    await enqueue("a", "pull:1", 0);
    await enqueue("b", "pull:2", 0);
    await claimDelivery(store.db, "dead", at(1));
    await claimDelivery(store.db, "alive", at(1));
    expect([...(await listWorkers(store.db))].sort()).toEqual(["alive", "dead"]);
    expect(await releaseDeliveries(store.db, "dead")).toBe(1);
    expect(await claimDelivery(store.db, "alive", at(2))).toMatchObject({ id: "a", attempts: 2 });
    expect(await claimDelivery(store.db, "alive", at(2))).toBeUndefined();
    for (const id of ["a", "b"]) await completeDelivery(store.db, id, at(3));
    expect(await listWorkers(store.db)).toEqual([]);
  });

  test("knows no due moment when nothing waits", async () => {
    expect(await nextDeliveryDue(store.db)).toBeUndefined();
  });
});
