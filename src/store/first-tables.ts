import type { Kysely } from "kysely";

/** The tables of migration 001. */
export async function createFirstTables(db: Kysely<unknown>): Promise<void> {
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
