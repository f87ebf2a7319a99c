import { changedFiles, type Commit, commitsBetween, readCommit } from "../git/history.ts";
import { isAncestor, zeroSha } from "../git/refs.ts";
import { timestamp, type World } from "../world.ts";
import type { Account, PullRequest, Repository } from "../types.ts";
import { emit } from "../webhooks/emit.ts";
import { suiteRequested } from "../webhooks/payloads.ts";
import { commitOfPush, pushPayload, type PushedCommit } from "../webhooks/push-payload.ts";
import { ensureSuite } from "./check-suite.ts";
import { closeAsMerged } from "./close-pull.ts";
import { computeMergeable } from "./mergeability.ts";
import { synchronizePull } from "./synchronize-pull.ts";

export interface RefChange {
  readonly ref: string;
  /** 40 zeros where the ref is new. */
  readonly before: string;
  /** 40 zeros where the ref is gone. */
  readonly after: string;
}

/** Everything GitHub does once a ref has moved: the webhooks, and the pull requests that it touches. */
export async function afterPush(
  world: World,
  repository: Repository,
  change: RefChange,
  pusher: Account,
): Promise<void> {
  repository.pushedAt = timestamp();
  const commits = await pushedCommits(repository, change);
  const created = change.before === zeroSha;
  const deleted = change.after === zeroSha;
  const forced =
    !created && !deleted && !(await isAncestor(repository.directory, change.before, change.after));
  emit(
    world,
    repository,
    "push",
    pushPayload(world, repository, { ...change, forced, commits }, pusher),
  );
  if (!change.ref.startsWith("refs/heads/") || deleted) return;
  const branch = change.ref.slice("refs/heads/".length);
  requestSuite(world, repository, branch, commits, pusher);
  await touchPulls(world, repository, branch, change.after, pusher);
}

function requestSuite(
  world: World,
  repository: Repository,
  branch: string,
  commits: readonly PushedCommit[],
  pusher: Account,
): void {
  const newest = commits.at(-1);
  if (newest === undefined) return;
  const suite = ensureSuite(world, repository, newest.commit.sha, branch);
  const head = commitOfPush(world, repository, newest);
  const { id, tree_id, message, timestamp: time, author, committer } = head;
  const headCommit = { id, tree_id, message, timestamp: time, author, committer };
  emit(
    world,
    repository,
    "check_suite",
    suiteRequested(world, repository, suite, headCommit, pusher),
  );
}

async function touchPulls(
  world: World,
  repository: Repository,
  branch: string,
  tip: string,
  pusher: Account,
): Promise<void> {
  for (const owner of world.repositories.values()) {
    for (const pull of openPulls(owner)) {
      if (pull.head.repository === repository && pull.head.ref === branch && pull.head.sha !== tip)
        await synchronizePull(world, owner, pull, tip, pusher);
    }
  }
  for (const pull of openPulls(repository)) {
    if (pull.base.ref !== branch) continue;
    if (await isAncestor(repository.directory, pull.head.sha, tip)) {
      await closeAsMerged(world, repository, pull, tip, pusher);
      continue;
    }
    computeMergeable(world, repository, pull);
  }
}

function openPulls(repository: Repository): readonly PullRequest[] {
  return [...repository.pulls.values()].filter((pull) => pull.state === "open");
}

const mostCommits = 20;

async function pushedCommits(
  repository: Repository,
  { before, after }: RefChange,
): Promise<readonly PushedCommit[]> {
  if (after === zeroSha) return [];
  const { directory } = repository;
  // A new branch brings its tip: what lies below mostly stood elsewhere before.
  const commits =
    before === zeroSha
      ? [await readCommit(directory, after)]
      : await commitsBetween(directory, before, after);
  return Promise.all(commits.slice(-mostCommits).map((commit) => withFiles(directory, commit)));
}

const emptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

async function withFiles(directory: string, commit: Commit): Promise<PushedCommit> {
  const files = await changedFiles(directory, commit.parents[0] ?? emptyTree, commit.sha);
  const named = (status: string): string[] =>
    files.filter((file) => file.status === status).map((file) => file.path);
  return {
    commit,
    added: [...named("added"), ...named("renamed")],
    removed: [
      ...named("removed"),
      ...files.flatMap((file) => (file.previousPath === undefined ? [] : [file.previousPath])),
    ],
    modified: named("modified"),
  };
}
