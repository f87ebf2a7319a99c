import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import {
  claimDelivery,
  completeDelivery,
  countDeliveries,
  enqueueDelivery,
  failDelivery,
  listDeliveries,
  nextDeliveryDue,
  releaseDeliveries,
  retryDelivery,
} from "../../src/store/deliveries.ts";
import { openStore, type Store } from "../../src/store/open-store.ts";

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds));

describe("the inbox of deliveries", () => {
  let store: Store;
  beforeEach(async () => {
    store = await openStore(":memory:");
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
    const claimed = [await claimDelivery(store.db, at(9)), await claimDelivery(store.db, at(9))];
    expect(claimed.map((delivery) => delivery?.id)).toEqual(["first", "other"]);
    expect(claimed[0]).toMatchObject({ payload: { id: "first" }, attempts: 1, state: "working" });
    expect(await claimDelivery(store.db, at(9))).toBeUndefined();
    await completeDelivery(store.db, "first", at(10));
    expect((await claimDelivery(store.db, at(10)))?.id).toBe("second");
  });

  test("gives no delivery to two workers", async () => {
    await Promise.all([1, 2, 3, 4].map((n) => enqueue(`d${n}`, `g${n}`, n)));
    const claimed = await Promise.all(
      Array.from({ length: 8 }, () => claimDelivery(store.db, at(9))),
    );
    const ids = claimed.flatMap((delivery) => (delivery === undefined ? [] : [delivery.id]));
    expect(ids.sort()).toEqual(["d1", "d2", "d3", "d4"]);
  });

  test("holds one back until its retry is due, and lets later ones pass", async () => {
    await enqueue("a", "pull:1", 0);
    await claimDelivery(store.db, at(1));
    await retryDelivery(store.db, "a", { dueAt: at(60), error: "waiting for GitHub" });
    await enqueue("b", "pull:1", 2);
    expect(await nextDeliveryDue(store.db)).toEqual(at(2));
    expect((await claimDelivery(store.db, at(3)))?.id).toBe("b");
    await completeDelivery(store.db, "b", at(4));
    expect(await claimDelivery(store.db, at(59))).toBeUndefined();
    expect(await claimDelivery(store.db, at(60))).toMatchObject({ id: "a", attempts: 2 });
  });

  test("parks what failed where it can be listed and taken up again", async () => {
    await enqueue("a", "pull:1", 0);
    await claimDelivery(store.db, at(1));
    await failDelivery(store.db, "a", "no such repository", at(2));
    expect(await listDeliveries(store.db, "failed", 10)).toMatchObject([
      { id: "a", error: "no such repository", finishedAt: at(2).toISOString() },
    ]);
    expect(await claimDelivery(store.db, at(3))).toBeUndefined();
    await retryDelivery(store.db, "a", { dueAt: at(4), error: "tried again" });
    expect(await claimDelivery(store.db, at(4))).toMatchObject({ id: "a", finishedAt: null });
  });

  test("gives back at the start what a dead process had in work", async () => {
    await enqueue("a", "pull:1", 0);
    await claimDelivery(store.db, at(1));
    expect(await releaseDeliveries(store.db)).toBe(1);
    expect((await claimDelivery(store.db, at(2)))?.id).toBe("a");
    expect(await releaseDeliveries(store.db)).toBe(1);
  });

  test("knows no due moment when nothing waits", async () => {
    expect(await nextDeliveryDue(store.db)).toBeUndefined();
  });
});
