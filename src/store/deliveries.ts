import { sql } from "kysely";
import { deliverySchema, type Delivery, type DeliveryState } from "./delivery-record.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import type { Database } from "./tables.ts";

export interface NewDelivery {
  readonly id: string;
  readonly event: string;
  readonly payload: unknown;
  readonly groupKey: string;
}

/** Keeps a delivery for work; false where it is already known, as a redelivery keeps its id. */
export async function enqueueDelivery(
  db: Database,
  delivery: NewDelivery,
  now: Date,
): Promise<boolean> {
  const result = await db
    .insertInto("deliveries")
    .values({
      ...delivery,
      payload: JSON.stringify(delivery.payload),
      state: "queued",
      attempts: 0,
      worker: null,
      dueAt: now.toISOString(),
      error: null,
      receivedAt: now.toISOString(),
      finishedAt: null,
    })
    .onConflict((conflict) => conflict.column("id").doNothing())
    .executeTakeFirstOrThrow();
  return result.numInsertedOrUpdatedRows === 1n;
}

/**
 * Takes the oldest due delivery whose group has none in work, one claim after the other so that no two workers get it.
 * One that waits for its retry does not hold up later ones of its group: events only say "look again".
 */
export async function claimDelivery(
  db: Database,
  worker: string,
  now: Date,
): Promise<Delivery | undefined> {
  const row = await oneAtATime(db, "claim of a delivery", (alone) =>
    alone
      .updateTable("deliveries")
      .set({ state: "working", worker, attempts: sql<number>`attempts + 1` })
      .where("id", "=", (from) =>
        from
          .selectFrom("deliveries as next")
          .select("next.id")
          .where("next.state", "=", "queued")
          .where("next.dueAt", "<=", now.toISOString())
          .where((column) =>
            column.not(
              column.exists(
                column
                  .selectFrom("deliveries as other")
                  .select("other.id")
                  .whereRef("other.groupKey", "=", "next.groupKey")
                  .where("other.state", "=", "working"),
              ),
            ),
          )
          .orderBy("next.receivedAt")
          .orderBy("next.id")
          .limit(1),
      )
      .returningAll()
      .executeTakeFirst(),
  );
  return row === undefined ? undefined : deliverySchema.parse(row);
}

export async function completeDelivery(db: Database, id: string, now: Date): Promise<void> {
  await db
    .updateTable("deliveries")
    .set({ state: "done", worker: null, error: null, finishedAt: now.toISOString() })
    .where("id", "=", id)
    .execute();
}

/** Puts a delivery back until `dueAt`; `error` says what it waits for. */
export async function retryDelivery(
  db: Database,
  id: string,
  retry: { readonly dueAt: Date; readonly error: string },
): Promise<void> {
  await db
    .updateTable("deliveries")
    .set({
      state: "queued",
      worker: null,
      dueAt: retry.dueAt.toISOString(),
      error: retry.error,
      finishedAt: null,
    })
    .where("id", "=", id)
    .execute();
}

/** Parks a delivery where an operator sees it; `retryDelivery` takes it up again. */
export async function failDelivery(
  db: Database,
  id: string,
  error: string,
  now: Date,
): Promise<void> {
  await db
    .updateTable("deliveries")
    .set({ state: "failed", worker: null, error, finishedAt: now.toISOString() })
    .where("id", "=", id)
    .execute();
}

/** Everybody who has a delivery in work. */
export async function listWorkers(db: Database): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("deliveries")
    .select("worker")
    .distinct()
    .where("state", "=", "working")
    .execute();
  return rows.flatMap(({ worker }) => worker ?? []);
}

/** Gives back what a worker that died had in work. Gives how many. */
export async function releaseDeliveries(db: Database, worker: string): Promise<number> {
  const result = await db
    .updateTable("deliveries")
    .set({ state: "queued", worker: null })
    .where("state", "=", "working")
    .where("worker", "=", worker)
    .executeTakeFirstOrThrow();
  return Number(result.numUpdatedRows);
}

/** The deliveries in a state, newest first. */
export async function listDeliveries(
  db: Database,
  state: DeliveryState,
  limit: number,
): Promise<readonly Delivery[]> {
  const rows = await db
    .selectFrom("deliveries")
    .selectAll()
    .where("state", "=", state)
    .orderBy("receivedAt", "desc")
    .limit(limit)
    .execute();
  return rows.map((row) => deliverySchema.parse(row));
}

/** How many deliveries are in each state. */
export async function countDeliveries(db: Database): Promise<Record<DeliveryState, number>> {
  const rows = await db
    .selectFrom("deliveries")
    .select(["state", (count) => count.fn.countAll<number | string>().as("count")])
    .groupBy("state")
    .execute();
  const counts = { queued: 0, working: 0, done: 0, failed: 0 };
  for (const row of rows) counts[row.state] = Number(row.count);
  return counts;
}

/** The earliest moment at which a queued delivery is due, for a worker that has nothing to do. */
export async function nextDeliveryDue(db: Database): Promise<Date | undefined> {
  const row = await db
    .selectFrom("deliveries")
    .select("dueAt")
    .where("state", "=", "queued")
    .orderBy("dueAt")
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : new Date(row.dueAt);
}
