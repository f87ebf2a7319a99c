import { timestamp, type World } from "../world.ts";
import type { Account, PullRequest, Repository } from "../types.ts";
import { emit } from "../webhooks/emit.ts";
import { pullClosed } from "../webhooks/payloads.ts";
import { pullFacts } from "./pull-facts.ts";
import { closeLinkedIssues } from "./update-issue.ts";

/** Closes a pull request whose commits are on its base branch now. */
export async function closeAsMerged(
  world: World,
  repository: Repository,
  pull: PullRequest,
  mergeCommit: string,
  sender: Account,
): Promise<void> {
  pull.mergedAt = timestamp();
  pull.mergedBy = sender;
  pull.mergeCommitSha = mergeCommit;
  await closePull(world, repository, pull, sender);
  closeLinkedIssues(world, repository, pull, sender);
}

export async function closePull(
  world: World,
  repository: Repository,
  pull: PullRequest,
  sender: Account,
): Promise<void> {
  pull.state = "closed";
  pull.closedAt = timestamp();
  pull.updatedAt = pull.closedAt;
  const facts = await pullFacts(repository, pull);
  emit(world, repository, "pull_request", pullClosed({ world, repository, pull, facts, sender }));
}
