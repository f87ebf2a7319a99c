import type { components } from "@octokit/openapi-webhooks-types";
import type { Commit } from "../git/history.ts";
import { zeroSha } from "../git/refs.ts";
import type { World } from "../world.ts";
import type { Account, Repository } from "../types.ts";
import { emailOf } from "../shapes/user-shape.ts";
import { repositoryPageUrl } from "../shapes/urls.ts";
import { envelope } from "./payloads.ts";

export interface PushedCommit {
  readonly commit: Commit;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly modified: readonly string[];
}

export interface Push {
  readonly ref: string;
  readonly before: string;
  readonly after: string;
  readonly forced: boolean;
  readonly commits: readonly PushedCommit[];
}

function epochSeconds(time: string): number {
  return Math.floor(Date.parse(time) / 1000);
}

export function commitOfPush(world: World, repository: Repository, pushed: PushedCommit) {
  const { commit } = pushed;
  return {
    id: commit.sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: commit.committer.date,
    url: `${repositoryPageUrl(world, repository)}/commit/${commit.sha}`,
    author: { name: commit.author.name, email: commit.author.email },
    committer: { name: commit.committer.name, email: commit.committer.email },
    added: [...pushed.added],
    removed: [...pushed.removed],
    modified: [...pushed.modified],
  };
}

/** The payload of `push`; GitHub puts at most 20 commits into it. */
export function pushPayload(world: World, repository: Repository, push: Push, pusher: Account) {
  const common = envelope(world, repository, pusher);
  const commits = push.commits.slice(-20).map((each) => commitOfPush(world, repository, each));
  return {
    ref: push.ref,
    before: push.before,
    after: push.after,
    base_ref: null,
    created: push.before === zeroSha,
    deleted: push.after === zeroSha,
    forced: push.forced,
    compare: `${repositoryPageUrl(world, repository)}/compare/${push.before.slice(0, 12)}...${push.after.slice(0, 12)}`,
    commits,
    head_commit: commits.at(-1) ?? null,
    pusher: { name: pusher.login, email: emailOf(pusher) },
    ...common,
    repository: {
      ...common.repository,
      created_at: epochSeconds(repository.createdAt),
      pushed_at: epochSeconds(repository.pushedAt),
      stargazers: 0,
      master_branch: repository.defaultBranch,
    },
  } satisfies components["schemas"]["webhook-push"];
}
