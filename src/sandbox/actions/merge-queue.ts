import { readCommit } from "../git/history.ts";
import { mergeTrees } from "../git/merge.ts";
import { writeCommit } from "../git/objects.ts";
import { deleteRef, resolveCommit, updateRef, zeroSha } from "../git/refs.ts";
import { Refusal } from "../refusal.ts";
import type { Account, MergeGroup, PullRequest, Repository } from "../types.ts";
import { emit } from "../webhooks/emit.ts";
import { mergeGroupChecksRequested } from "../webhooks/merge-group-payload.ts";
import { timestamp, type World } from "../world.ts";
import { afterPush } from "./after-push.ts";
import { closeAsMerged } from "./close-pull.ts";
import { githubIdentity, identityOf } from "./identity.ts";
import { checkBlockers, latestCheckRuns, mergeBlockers } from "./merge-blockers.ts";

/**
 * Puts a pull request into the merge queue of its base branch, in a group of its own, and asks for the group's checks;
 * gives the group's commit. Refuses with 405 where the branch's protection does not let it in.
 * https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/configuring-pull-request-merges/managing-a-merge-queue
 */
export async function queuePull(
  world: World,
  repository: Repository,
  pull: PullRequest,
  by: Account,
): Promise<string> {
  const { directory } = repository;
  const blockers = mergeBlockers(repository, pull);
  if (blockers.length > 0) throw new Refusal(405, blockers.join(" "));
  const baseSha = await resolveCommit(directory, `refs/heads/${pull.base.ref}`);
  const tree =
    baseSha === undefined ? undefined : await mergeTrees(directory, baseSha, pull.head.sha);
  if (baseSha === undefined || tree === undefined || pull.state === "closed")
    throw new Refusal(405, "Pull Request is not mergeable");
  const number = pull.number.toString();
  const headRef = `refs/heads/gh-readonly-queue/${pull.base.ref}/pr-${number}-${baseSha}`;
  const headSha = await writeCommit(directory, {
    tree,
    parents: [baseSha, pull.head.sha],
    message: `Merge pull request #${number} from ${pull.head.ref}\n\n${pull.title}`,
    author: identityOf(by, timestamp()),
    committer: githubIdentity(timestamp()),
  });
  await updateRef(directory, headRef, headSha);
  const group: MergeGroup = { pull, headSha, headRef, baseSha, by };
  repository.mergeGroups.set(headSha, group);
  await afterPush(world, repository, { ref: headRef, before: zeroSha, after: headSha }, by);
  const commit = await readCommit(directory, headSha);
  emit(
    world,
    repository,
    "merge_group",
    mergeGroupChecksRequested(world, repository, group, commit),
  );
  return headSha;
}

/** Merges a group whose required checks all passed, and drops one where a check failed or the base moved. */
export async function settleMergeGroup(
  world: World,
  repository: Repository,
  headSha: string,
): Promise<void> {
  const group = repository.mergeGroups.get(headSha);
  if (group === undefined) return;
  const { pull, headRef, baseSha, by } = group;
  const required = new Set(repository.protection.requiredChecks);
  const isPending = [...required].some(
    (name) =>
      latestCheckRuns(repository, headSha).find((run) => run.name === name)?.status !== "completed",
  );
  if (isPending) return;
  // Several checks end at once, and only one of them merges.
  repository.mergeGroups.delete(headSha);
  const { directory } = repository;
  await deleteRef(directory, headRef);
  await afterPush(world, repository, { ref: headRef, before: headSha, after: zeroSha }, by);
  if (checkBlockers(repository, headSha).length > 0) return;
  const ref = `refs/heads/${pull.base.ref}`;
  if (!(await updateRef(directory, ref, headSha, baseSha))) return;
  await closeAsMerged(world, repository, pull, headSha, by);
  await afterPush(world, repository, { ref, before: baseSha, after: headSha }, by);
}
