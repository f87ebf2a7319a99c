import { resolveCommit } from "../git/refs.ts";
import { timestamp, type World } from "../world.ts";
import type { Account, PullRequest, Repository } from "../types.ts";
import { emit } from "../webhooks/emit.ts";
import { pullSynchronized } from "../webhooks/payloads.ts";
import { computeMergeable } from "./mergeability.ts";
import { pullFacts } from "./pull-facts.ts";
import { bringHead, showHead } from "./pull-refs.ts";

/** Moves an open pull request to the new tip of its branch. */
export async function synchronizePull(
  world: World,
  repository: Repository,
  pull: PullRequest,
  tip: string,
  sender: Account,
): Promise<void> {
  const before = pull.head.sha;
  pull.head.sha = tip;
  pull.updatedAt = timestamp();
  pull.pushes.push({ sha: tip, at: pull.updatedAt, by: sender });
  const base = await resolveCommit(repository.directory, `refs/heads/${pull.base.ref}`);
  pull.base.sha = base ?? pull.base.sha;
  pull.mergeable = null;
  await bringHead(repository, pull);
  const facts = await pullFacts(repository, pull);
  await showHead(world, repository, pull);
  emit(
    world,
    repository,
    "pull_request",
    pullSynchronized({ world, repository, pull, facts, sender }, before),
  );
  computeMergeable(world, repository, pull);
}
