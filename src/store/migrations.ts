import { sql, type Kysely, type Migration } from "kysely";
import { createFirstTables } from "./first-tables.ts";

/** The schema's history, applied in the order of the names. A published migration is never changed. */
export const migrations: Readonly<Record<string, Migration>> = {
  "001-first": { up: createFirstTables },
  "002-begun-writes": { up: createBegunWrites },
  "003-sent-and-stopped-runs": { up: addSentAndStopped },
  "004-proposals": { up: createProposals },
  "005-trusted-commits": { up: createTrustedCommits },
  "006-releases-by-tag": { up: addByTag },
  "007-tracking-issues": { up: createTrackingIssues },
  "008-workers-of-deliveries": { up: addWorker },
};

async function createBegunWrites(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("begun_writes")
    .addColumn("repository_id", "bigint", (c) => c.notNull())
    .addColumn("what", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("begun_writes_key", ["repository_id", "what"])
    .execute();
}

/** One request is one run, whoever asks at the same time: what stood there twice keeps its place under another cause. */
async function addSentAndStopped(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("runs").addColumn("sent_at", "text").execute();
  await db.schema.alterTable("runs").addColumn("stop_note", "text").execute();
  await sql`update runs set cause = cause || '/' || id where exists (
    select 1 from runs as other where other.repository_id = runs.repository_id and other.kind = runs.kind
      and other.subject = runs.subject and other.cause = runs.cause and other.attempt = runs.attempt
      and other.id < runs.id)`.execute(db);
  await db.schema
    .createIndex("runs_request")
    .unique()
    .on("runs")
    .columns(["repository_id", "kind", "subject", "cause", "attempt"])
    .execute();
}

async function createProposals(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("proposals")
    .addColumn("repository_id", "bigint", (c) => c.notNull())
    .addColumn("issue", "integer", (c) => c.notNull())
    .addColumn("author", "text", (c) => c.notNull())
    .addColumn("digest", "text", (c) => c.notNull())
    .addColumn("base_sha", "text", (c) => c.notNull())
    .addColumn("head_sha", "text", (c) => c.notNull())
    .addColumn("parent_sha", "text")
    .addColumn("pull_number", "integer")
    .addColumn("state", "text", (c) => c.notNull())
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("updated_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("proposals_key", ["repository_id", "issue"])
    .execute();
}

async function createTrustedCommits(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("trusted_commits")
    .addColumn("repository_id", "bigint", (c) => c.notNull())
    .addColumn("pull", "integer", (c) => c.notNull())
    .addColumn("commit", "text", (c) => c.notNull())
    .addColumn("login", "text", (c) => c.notNull())
    .addColumn("comment_id", "bigint", (c) => c.notNull())
    .addColumn("created_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("trusted_commits_key", ["repository_id", "pull", "commit"])
    .execute();
}

async function addByTag(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable("releases")
    .addColumn("by_tag", "integer", (c) => c.notNull().defaultTo(0))
    .execute();
}

async function createTrackingIssues(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("tracking_issues")
    .addColumn("repository_id", "bigint", (c) => c.notNull())
    .addColumn("stream", "text", (c) => c.notNull())
    .addColumn("number", "integer", (c) => c.notNull())
    .addColumn("body_hash", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("tracking_issues_key", ["repository_id", "stream"])
    .execute();
}

/** What was in work belongs to nobody that still runs. */
async function addWorker(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("deliveries").addColumn("worker", "text").execute();
  await sql`update deliveries set worker = '' where state = 'working'`.execute(db);
}
