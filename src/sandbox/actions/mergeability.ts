import { mergeTrees } from "../git/merge.ts";
import { writeCommit } from "../git/objects.ts";
import { resolveCommit, updateRef } from "../git/refs.ts";
import { later, timestamp, type World } from "../world.ts";
import type { PullRequest, Repository } from "../types.ts";
import { githubIdentity } from "./identity.ts";

const defaultLagMs = 100;

/** Forgets whether a pull request can be merged, and finds it out a little later, as GitHub does. */
export function computeMergeable(world: World, repository: Repository, pull: PullRequest): void {
  pull.mergeable = null;
  const lag = Math.max(world.options.mergeableLagMs ?? defaultLagMs, world.options.refLagMs ?? 0);
  later(world, lag, () => {
    // A repository whose directory is gone belongs to a sandbox that closes.
    void settleMergeable(repository, pull).catch(() => undefined);
  });
}

/** Tries the merge now and keeps what came out; writes refs/pull/N/merge where it works. */
export async function settleMergeable(repository: Repository, pull: PullRequest): Promise<void> {
  const { directory } = repository;
  const base = await resolveCommit(directory, `refs/heads/${pull.base.ref}`);
  if (base === undefined || pull.state === "closed") return;
  const head = pull.head.sha;
  const tree = await mergeTrees(directory, base, head);
  // Pushed to meanwhile: the newer computation answers.
  if (pull.head.sha !== head) return;
  pull.mergeable = tree !== undefined;
  if (tree === undefined) return;
  const test = await writeCommit(directory, {
    tree,
    parents: [base, head],
    message: `Merge ${head} into ${base}`,
    author: githubIdentity(timestamp()),
  });
  await updateRef(directory, `refs/pull/${pull.number.toString()}/merge`, test);
  pull.mergeCommitSha = test;
}
