import { proposalSchema, type ProposalRecord } from "./proposal-record.ts";
import type { Database } from "./tables.ts";

export type ProposalKey = Pick<ProposalRecord, "repositoryId" | "issue">;

/** What is about to be written to the proposal's branch. */
export type ProposalCommit = Pick<
  ProposalRecord,
  "author" | "digest" | "baseSha" | "headSha" | "parentSha"
>;

export async function getProposal(
  db: Database,
  key: ProposalKey,
): Promise<ProposalRecord | undefined> {
  const row = await db
    .selectFrom("proposals")
    .selectAll()
    .where((column) => column.and({ ...key }))
    .executeTakeFirst();
  return row === undefined ? undefined : proposalSchema.parse(row);
}

/** Keeps what is about to be written, so that it is known again where the answer is lost. */
export async function saveProposalCommit(
  db: Database,
  key: ProposalKey,
  commit: ProposalCommit,
  now: Date,
): Promise<void> {
  const at = now.toISOString();
  await db
    .insertInto("proposals")
    .values({ ...key, ...commit, pullNumber: null, state: "open", createdAt: at, updatedAt: at })
    .onConflict((conflict) =>
      conflict.columns(["repositoryId", "issue"]).doUpdateSet({ ...commit, updatedAt: at }),
    )
    .execute();
}

export async function updateProposal(
  db: Database,
  key: ProposalKey,
  change: Partial<Pick<ProposalRecord, "pullNumber" | "state">>,
  now: Date,
): Promise<void> {
  await db
    .updateTable("proposals")
    .set({ ...change, updatedAt: now.toISOString() })
    .where((column) => column.and({ ...key }))
    .execute();
}

/** The proposals that match, oldest first. */
export async function listProposals(
  db: Database,
  filter: Partial<Pick<ProposalRecord, "repositoryId" | "author" | "pullNumber" | "state">>,
): Promise<readonly ProposalRecord[]> {
  const rows = await db
    .selectFrom("proposals")
    .selectAll()
    .where((column) => column.and({ ...filter }))
    .orderBy("issue")
    .execute();
  return rows.map((row) => proposalSchema.parse(row));
}
