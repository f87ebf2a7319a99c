import { bringCommit } from "../git/merge.ts";
import { updateRef } from "../git/refs.ts";
import { later, type World } from "../world.ts";
import type { PullRequest, Repository } from "../types.ts";

/** Makes the head's objects part of the base repository, as all forks of GitHub share theirs. */
export async function bringHead(repository: Repository, pull: PullRequest): Promise<void> {
  if (pull.head.repository === repository) return;
  const hidden = `refs/sandbox/pull/${pull.number.toString()}`;
  const { directory } = pull.head.repository;
  await bringCommit(repository.directory, directory, pull.head.sha, hidden);
}

/** Moves refs/pull/N/head, after the lag. */
export async function showHead(
  world: World,
  repository: Repository,
  pull: PullRequest,
): Promise<void> {
  const { sha } = pull.head;
  const lag = world.options.refLagMs ?? 0;
  const ref = `refs/pull/${pull.number.toString()}/head`;
  if (lag === 0) {
    await updateRef(repository.directory, ref, sha);
    return;
  }
  later(world, lag, () => {
    // A repository whose directory is gone belongs to a sandbox that closes.
    void updateRef(repository.directory, ref, sha).catch(() => undefined);
  });
}
