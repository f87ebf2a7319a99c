import { resolveCommit } from "../git/refs.ts";
import { invalid } from "../refusal.ts";
import { timestamp, type World } from "../world.ts";
import type { Account, PullRequest, Repository } from "../types.ts";
import { emit } from "../webhooks/emit.ts";
import { pullEdited, pullReopened } from "../webhooks/payloads.ts";
import { closePull } from "./close-pull.ts";
import { computeMergeable } from "./mergeability.ts";
import { pullFacts } from "./pull-facts.ts";

export interface PullChanges {
  readonly title?: string | undefined;
  readonly body?: string | null | undefined;
  readonly state?: "open" | "closed" | undefined;
  readonly base?: string | undefined;
}

/** Edits, closes or reopens a pull request, with one webhook for each of these. */
export async function updatePull(
  world: World,
  repository: Repository,
  pull: PullRequest,
  changes: PullChanges,
  sender: Account,
): Promise<void> {
  const edits = await applyEdits(world, repository, pull, changes);
  if (Object.keys(edits).length > 0) {
    pull.updatedAt = timestamp();
    const facts = await pullFacts(repository, pull);
    emit(
      world,
      repository,
      "pull_request",
      pullEdited({ world, repository, pull, facts, sender }, edits),
    );
  }
  if (changes.state === "closed" && pull.state === "open")
    await closePull(world, repository, pull, sender);
  if (changes.state === "open" && pull.state === "closed")
    await reopen(world, repository, pull, sender);
}

async function applyEdits(
  world: World,
  repository: Repository,
  pull: PullRequest,
  changes: PullChanges,
): Promise<Parameters<typeof pullEdited>[1]> {
  const edits: Parameters<typeof pullEdited>[1] = {};
  if (changes.title !== undefined && changes.title !== pull.title) {
    edits.title = { from: pull.title };
    pull.title = changes.title;
  }
  if (changes.body !== undefined && changes.body !== pull.body) {
    edits.body = { from: pull.body ?? "" };
    pull.body = changes.body;
  }
  if (changes.base !== undefined && changes.base !== pull.base.ref) {
    const sha = await resolveCommit(repository.directory, `refs/heads/${changes.base}`);
    if (sha === undefined) throw invalid("PullRequest", "base", "base does not exist");
    edits.base = { ref: { from: pull.base.ref }, sha: { from: pull.base.sha } };
    pull.base.ref = changes.base;
    pull.base.sha = sha;
    computeMergeable(world, repository, pull);
  }
  return edits;
}

async function reopen(
  world: World,
  repository: Repository,
  pull: PullRequest,
  sender: Account,
): Promise<void> {
  if (pull.mergedAt !== null)
    throw invalid("PullRequest", "state", "state cannot be changed. The pull request is merged.");
  pull.state = "open";
  pull.closedAt = null;
  computeMergeable(world, repository, pull);
  const facts = await pullFacts(repository, pull);
  emit(world, repository, "pull_request", pullReopened({ world, repository, pull, facts, sender }));
}
