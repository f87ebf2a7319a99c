import { commitsBetween } from "../git/history.ts";
import { resolveCommit } from "../git/refs.ts";
import { Refusal } from "../refusal.ts";
import { findRepository, nextId, timestamp, type World } from "../world.ts";
import type { Account, PullRequest, Repository } from "../types.ts";
import { emit } from "../webhooks/emit.ts";
import { pullOpened } from "../webhooks/payloads.ts";
import { bringCommit } from "../git/merge.ts";
import { computeMergeable } from "./mergeability.ts";
import { pullFacts } from "./pull-facts.ts";
import { showHead } from "./pull-refs.ts";

export interface NewPull {
  readonly title: string;
  readonly body: string | null;
  /** `branch` or `owner:branch`. */
  readonly head: string;
  readonly base: string;
}

/** Opens a pull request; refuses with 422 where GitHub does. */
export async function openPull(
  world: World,
  repository: Repository,
  wanted: NewPull,
  author: Account,
): Promise<PullRequest> {
  const head = findHead(world, repository, wanted.head);
  const [headSha, baseSha] = await Promise.all([
    resolveCommit(head.repository.directory, `refs/heads/${head.ref}`),
    resolveCommit(repository.directory, `refs/heads/${wanted.base}`),
  ]);
  if (baseSha === undefined) throw invalidField("base");
  if (headSha === undefined) throw invalidField("head");
  refuseDouble(repository, head.repository, head.ref, wanted.base);
  const number = repository.nextNumber;
  repository.nextNumber += 1;
  if (head.repository !== repository)
    await bringCommit(
      repository.directory,
      head.repository.directory,
      headSha,
      `refs/sandbox/pull/${number.toString()}`,
    );
  const commits = await commitsBetween(repository.directory, baseSha, headSha);
  if (commits.length === 0)
    throw refusePull(`No commits between ${wanted.base} and ${wanted.head}`);
  const createdAt = timestamp();
  const pull: PullRequest = {
    id: nextId(world),
    number,
    title: wanted.title,
    body: wanted.body,
    user: author,
    createdAt,
    updatedAt: createdAt,
    state: "open",
    closedAt: null,
    mergedAt: null,
    mergedBy: null,
    mergeCommitSha: null,
    head: { repository: head.repository, ref: head.ref, sha: headSha },
    base: { ref: wanted.base, sha: baseSha },
    mergeable: null,
    reviews: [],
    labels: [],
    pushes: [{ sha: headSha, at: createdAt, by: author }],
  };
  repository.pulls.set(number, pull);
  const facts = await pullFacts(repository, pull);
  await showHead(world, repository, pull);
  const sender = author;
  emit(world, repository, "pull_request", pullOpened({ world, repository, pull, facts, sender }));
  computeMergeable(world, repository, pull);
  return pull;
}

function findHead(
  world: World,
  repository: Repository,
  head: string,
): { readonly repository: Repository; readonly ref: string } {
  const colon = head.indexOf(":");
  if (colon < 0) return { repository, ref: head };
  const owner = head.slice(0, colon);
  const ref = head.slice(colon + 1);
  if (owner.toLowerCase() === repository.owner.login.toLowerCase()) return { repository, ref };
  const fork = findRepository(world, owner, repository.name);
  if (fork?.parent !== repository) throw invalidField("head");
  return { repository: fork, ref };
}

function refuseDouble(repository: Repository, from: Repository, ref: string, base: string): void {
  const double = [...repository.pulls.values()].some(
    (pull) =>
      pull.state === "open" &&
      pull.head.repository === from &&
      pull.head.ref === ref &&
      pull.base.ref === base,
  );
  if (double) throw refusePull(`A pull request already exists for ${from.owner.login}:${ref}.`);
}

function refusePull(message: string): Refusal {
  return new Refusal(422, "Validation Failed", [
    { resource: "PullRequest", code: "custom", field: "head", message },
  ]);
}

function invalidField(field: string): Refusal {
  return new Refusal(422, "Validation Failed", [
    { resource: "PullRequest", code: "invalid", field },
  ]);
}
