import { promotionSchema, type Promotion, type PromotionState } from "./promotion-record.ts";
import type { Database } from "./tables.ts";

export type NewPromotion = Pick<
  Promotion,
  | "id"
  | "repositoryId"
  | "channel"
  | "release"
  | "targetName"
  | "fromRelease"
  | "requester"
  | "requestedIn"
  | "branch"
  | "decisionDigest"
>;

/** What may change about a promotion; what was asked for and by whom never does. */
export type PromotionChange = Partial<
  Pick<
    Promotion,
    | "pullNumber"
    | "headSha"
    | "targetName"
    | "fromRelease"
    | "decisionDigest"
    | "state"
    | "holdReason"
    | "heldBy"
    | "mergeCommit"
    | "dueAt"
    | "attempts"
    | "error"
  >
>;

export interface PromotionFilter {
  readonly repositoryId?: number;
  readonly channel?: string;
  readonly release?: string;
  readonly pullNumber?: number;
  readonly mergeCommit?: string;
  readonly branch?: string;
  readonly headSha?: string;
  readonly states?: readonly PromotionState[];
}

/** Keeps a request in state `requested`, due at once; false where this comment already asked. */
export async function insertPromotionIfAbsent(
  db: Database,
  promotion: NewPromotion,
  now: Date,
): Promise<boolean> {
  const at = now.toISOString();
  const result = await db
    .insertInto("promotions")
    .values({
      ...promotion,
      pullNumber: null,
      headSha: null,
      state: "requested",
      holdReason: null,
      heldBy: null,
      mergeCommit: null,
      createdAt: at,
      updatedAt: at,
      dueAt: at,
      attempts: 0,
      error: null,
    })
    .onConflict((conflict) => conflict.column("id").doNothing())
    .executeTakeFirstOrThrow();
  return result.numInsertedOrUpdatedRows === 1n;
}

export async function getPromotion(db: Database, id: string): Promise<Promotion | undefined> {
  const row = await db.selectFrom("promotions").selectAll().where("id", "=", id).executeTakeFirst();
  return row === undefined ? undefined : promotionSchema.parse(row);
}

/** The promotions that match, newest first. */
export async function listPromotions(
  db: Database,
  filter: PromotionFilter,
  limit: number,
): Promise<readonly Promotion[]> {
  const { states, ...equal } = filter;
  const rows = await db
    .selectFrom("promotions")
    .selectAll()
    .where((column) => column.and(equal))
    .$if(states !== undefined, (query) => query.where("state", "in", [...(states ?? [])]))
    .orderBy("createdAt", "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  return rows.map((row) => promotionSchema.parse(row));
}

/** Changes a promotion and gives it as it is then; undefined where there is none. */
export async function updatePromotion(
  db: Database,
  id: string,
  change: PromotionChange,
  now: Date,
): Promise<Promotion | undefined> {
  const row = await db
    .updateTable("promotions")
    .set({ ...change, updatedAt: now.toISOString() })
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? undefined : promotionSchema.parse(row);
}

/**
 * Says when to look again at a promotion that was looked at, with what was found. Where it was made due meanwhile it
 * stays due, as what was looked at may be out of date.
 */
export async function putOffPromotion(
  db: Database,
  { id, dueAt: seen }: Pick<Promotion, "id" | "dueAt">,
  { dueAt, ...change }: PromotionChange & Pick<Promotion, "dueAt">,
  now: Date,
): Promise<void> {
  await db
    .updateTable("promotions")
    .set((column) => ({
      ...change,
      dueAt: column.case().when("dueAt", "=", seen).then(dueAt).else(column.ref("dueAt")).end(),
      updatedAt: now.toISOString(),
    }))
    .where("id", "=", id)
    .execute();
}

/** The promotions to look at now, those that wait longest first. */
export async function duePromotions(
  db: Database,
  now: Date,
  limit: number,
): Promise<readonly Promotion[]> {
  const rows = await db
    .selectFrom("promotions")
    .selectAll()
    .where("dueAt", "<=", now.toISOString())
    .orderBy("dueAt")
    .limit(limit)
    .execute();
  return rows.map((row) => promotionSchema.parse(row));
}
