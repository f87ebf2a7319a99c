import { sql, type Kysely, type Migration } from "kysely";

/** The schema's history, applied in the order of the names. A published migration is never changed. */
export const migrations: Readonly<Record<string, Migration>> = {
  "001-first": { up: createFirstTables },
  "002-begun-writes": { up: createBegunWrites },
  "003-sent-and-stopped-runs": { up: addSentAndStopped },
  "004-proposals": { up: createProposals },
  "005-trusted-commits": { up: createTrustedCommits },
  "006-releases-by-tag": { up: addByTag },
  "007-tracking-issues": { up: createTrackingIssues },
};

async function createFirstTables(db: Kysely<unknown>): Promise<void> {
  await createDeliveries(db);
  await createRepositories(db);
  await createRuns(db);
  await createReleases(db);
  await createPromotions(db);
  await createCaches(db);
}

async function createDeliveries(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("deliveries")
    .addColumn("id", "text", (c) => c.primaryKey().notNull())
    .addColumn("event", "text", (c) => c.notNull())
    .addColumn("payload", "text", (c) => c.notNull())
    .addColumn("group_key", "text", (c) => c.notNull())
    .addColumn("state", "text", (c) => c.notNull())
    .addColumn("attempts", "integer", (c) => c.notNull())
    .addColumn("due_at", "text", (c) => c.notNull())
    .addColumn("error", "text")
    .addColumn("received_at", "text", (c) => c.notNull())
    .addColumn("finished_at", "text")
    .execute();
  await db.schema
    .createIndex("deliveries_waiting")
    .on("deliveries")
    .columns(["state", "due_at"])
    .execute();
  await db.schema
    .createIndex("deliveries_group")
    .on("deliveries")
    .columns(["group_key", "state"])
    .execute();
}

async function createRepositories(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("repositories")
    .addColumn("id", "bigint", (c) => c.primaryKey().notNull())
    .addColumn("installation_id", "bigint", (c) => c.notNull())
    .addColumn("owner", "text", (c) => c.notNull())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("default_branch", "text", (c) => c.notNull())
    .addColumn("baseline", "text")
    .addColumn("synced_commit", "text")
    .addColumn("seen_at", "text", (c) => c.notNull())
    .addColumn("updated_at", "text", (c) => c.notNull())
    .execute();
}

async function createRuns(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("runs")
    .addColumn("id", "text", (c) => c.primaryKey().notNull())
    .addColumn("repository_id", "bigint", (c) => c.notNull())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("subject", "text", (c) => c.notNull())
    .addColumn("stream", "text", (c) => c.notNull())
    .addColumn("input_digest", "text", (c) => c.notNull())
    .addColumn("cause", "text", (c) => c.notNull())
    .addColumn("attempt", "integer", (c) => c.notNull())
    .addColumn("cluster", "text", (c) => c.notNull())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("commit", "text", (c) => c.notNull())
    .addColumn("request", "text", (c) => c.notNull())
    .addColumn("state", "text", (c) => c.notNull())
    .addColumn("reason", "text")
    .addColumn("message", "text")
    .addColumn("event_id", "text")
    .addColumn("requested_at", "text", (c) => c.notNull())
    .addColumn("submitted_at", "text")
    .addColumn("started_at", "text")
    .addColumn("finished_at", "text")
    .addColumn("deadline_at", "text")
    .addColumn("results", "text")
    .addColumn("observed", "text")
    .addColumn("log_tail", "text")
    .addColumn("pull_number", "integer")
    .addColumn("requested_by", "text")
    .addColumn("due_at", "text")
    .addColumn("attempts", "integer", (c) => c.notNull())
    .addColumn("settled", "integer", (c) => c.notNull())
    .addColumn("error", "text")
    .execute();
  await db.schema
    .createIndex("runs_stream")
    .on("runs")
    .columns(["repository_id", "stream", "requested_at"])
    .execute();
  await db.schema.createIndex("runs_state").on("runs").column("state").execute();
  await db.schema.createIndex("runs_due").on("runs").column("due_at").execute();
  await db.schema.createIndex("runs_name").on("runs").columns(["cluster", "name"]).execute();
}

async function createReleases(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("releases")
    .addColumn("repository_id", "bigint", (c) => c.notNull())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("stream", "text", (c) => c.notNull())
    .addColumn("run_id", "text", (c) => c.notNull().unique())
    .addColumn("pull_spec", "text", (c) => c.notNull())
    .addColumn("digest", "text", (c) => c.notNull())
    .addColumn("commit", "text", (c) => c.notNull())
    .addColumn("phase", "text", (c) => c.notNull())
    .addColumn("phase_reason", "text")
    .addColumn("phase_by", "text")
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("accepted_at", "text")
    .addPrimaryKeyConstraint("releases_key", ["repository_id", "name"])
    .execute();
}

async function createPromotions(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("promotions")
    .addColumn("id", "text", (c) => c.primaryKey().notNull())
    .addColumn("repository_id", "bigint", (c) => c.notNull())
    .addColumn("channel", "text", (c) => c.notNull())
    .addColumn("release", "text", (c) => c.notNull())
    .addColumn("target_name", "text", (c) => c.notNull())
    .addColumn("from_release", "text")
    .addColumn("requester", "text", (c) => c.notNull())
    .addColumn("requested_in", "integer")
    .addColumn("pull_number", "integer")
    .addColumn("branch", "text", (c) => c.notNull())
    .addColumn("head_sha", "text")
    .addColumn("decision_digest", "text", (c) => c.notNull())
    .addColumn("state", "text", (c) => c.notNull())
    .addColumn("hold_reason", "text")
    .addColumn("held_by", "text")
    .addColumn("merge_commit", "text")
    .addColumn("created_at", "text", (c) => c.notNull())
    .addColumn("updated_at", "text", (c) => c.notNull())
    .addColumn("due_at", "text")
    .addColumn("attempts", "integer", (c) => c.notNull())
    .addColumn("error", "text")
    .execute();
  await db.schema.createIndex("promotions_due").on("promotions").column("due_at").execute();
  await db.schema
    .createTable("approvals")
    .addColumn("promotion_id", "text", (c) => c.notNull())
    .addColumn("login", "text", (c) => c.notNull())
    .addColumn("comment_id", "bigint", (c) => c.notNull())
    .addColumn("decision_digest", "text", (c) => c.notNull())
    .addColumn("created_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("approvals_key", ["promotion_id", "login"])
    .execute();
}

async function createCaches(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("comments")
    .addColumn("repository_id", "bigint", (c) => c.notNull())
    .addColumn("issue", "integer", (c) => c.notNull())
    .addColumn("purpose", "text", (c) => c.notNull())
    .addColumn("comment_id", "bigint", (c) => c.notNull())
    .addColumn("body_hash", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("comments_key", ["repository_id", "issue", "purpose"])
    .execute();
  await db.schema
    .createTable("check_runs")
    .addColumn("repository_id", "bigint", (c) => c.notNull())
    .addColumn("head_sha", "text", (c) => c.notNull())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("check_run_id", "bigint", (c) => c.notNull())
    .addColumn("external_id", "text", (c) => c.notNull())
    .addColumn("body_hash", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("check_runs_key", ["repository_id", "head_sha", "name"])
    .execute();
  await db.schema
    .createIndex("check_runs_id")
    .on("check_runs")
    .columns(["repository_id", "check_run_id"])
    .execute();
  await db.schema
    .createTable("names")
    .addColumn("repository_id", "bigint", (c) => c.notNull())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("channel", "text", (c) => c.notNull())
    .addColumn("promotion_id", "text", (c) => c.notNull())
    .addColumn("handed_out_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("names_key", ["repository_id", "name"])
    .execute();
}

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
