import { bringCommit } from "../git/merge.ts";
import { updateRef } from "../git/refs.ts";
import { later, type World } from "../world.ts";
import type { PullRequest, Repository } from "../types.ts";

/** Makes the head's objects part of the base repository at once, and shows refs/pull/N/head after the lag. */
export async function publishHead(
  world: World,
  repository: Repository,
  pull: PullRequest,
): Promise<void> {
  const { sha } = pull.head;
  const number = pull.number.toString();
  if (pull.head.repository !== repository) {
    const hidden = `refs/sandbox/pull/${number}`;
    await bringCommit(repository.directory, pull.head.repository.directory, sha, hidden);
  }
  const lag = world.options.refLagMs ?? 0;
  const ref = `refs/pull/${number}/head`;
  if (lag === 0) {
    await updateRef(repository.directory, ref, sha);
    return;
  }
  later(world, lag, () => {
    // A repository whose directory is gone belongs to a sandbox that closes.
    void updateRef(repository.directory, ref, sha).catch(() => undefined);
  });
}
