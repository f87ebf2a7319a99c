import type { Database } from "./tables.ts";

export interface NameClaim {
  readonly repositoryId: number;
  readonly name: string;
  readonly channel: string;
  readonly promotionId: string;
}

/** Gives a published name to a promotion for ever; false where another promotion has it. Asking again is harmless. */
export async function handOutName(db: Database, claim: NameClaim, now: Date): Promise<boolean> {
  await db
    .insertInto("names")
    .values({ ...claim, handedOutAt: now.toISOString() })
    .onConflict((conflict) => conflict.columns(["repositoryId", "name"]).doNothing())
    .execute();
  const row = await db
    .selectFrom("names")
    .select("promotionId")
    .where("repositoryId", "=", claim.repositoryId)
    .where("name", "=", claim.name)
    .executeTakeFirstOrThrow();
  return row.promotionId === claim.promotionId;
}

/** All names ever handed out in a repository, sorted. */
export async function listNames(db: Database, repositoryId: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("names")
    .select("name")
    .where("repositoryId", "=", repositoryId)
    .orderBy("name")
    .execute();
  return rows.map((row) => row.name);
}
