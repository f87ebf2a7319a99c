import { mergeTrees, rebaseCommits } from "../git/merge.ts";
import { type Identity, writeCommit } from "../git/objects.ts";
import { resolveCommit, updateRef } from "../git/refs.ts";
import { Refusal } from "../refusal.ts";
import { fullName, timestamp, type World } from "../world.ts";
import type { Account, PullRequest, Repository } from "../types.ts";
import { afterPush } from "./after-push.ts";
import { closeAsMerged } from "./close-pull.ts";
import { githubIdentity, identityOf } from "./identity.ts";
import { mergeBlockers } from "./merge-blockers.ts";

export interface MergeRequest {
  readonly method: "merge" | "squash" | "rebase";
  /** The head that was looked at. */
  readonly sha?: string | undefined;
  readonly title?: string | undefined;
  readonly message?: string | undefined;
}

/** Merges a pull request and gives the new tip of its base; refuses with 405 or 409 where GitHub does. */
export async function mergePull(
  world: World,
  repository: Repository,
  pull: PullRequest,
  wanted: MergeRequest,
  by: Account,
): Promise<string> {
  if (pull.state === "closed") throw notMergeable();
  if (wanted.sha !== undefined && wanted.sha !== pull.head.sha)
    throw new Refusal(409, "Head branch was modified. Review and try the merge again.");
  const blockers = mergeBlockers(repository, pull);
  if (blockers.length > 0) throw new Refusal(405, blockers.join(" "));
  const ref = `refs/heads/${pull.base.ref}`;
  const before = await resolveCommit(repository.directory, ref);
  if (before === undefined) throw notMergeable();
  const after = await newTip(repository, pull, before, wanted, by);
  if (after === undefined) throw notMergeable();
  if (!(await updateRef(repository.directory, ref, after, before)))
    throw new Refusal(405, "Base branch was modified. Review and try the merge again.");
  await closeAsMerged(world, repository, pull, after, by);
  await afterPush(world, repository, { ref, before, after }, by);
  return after;
}

function notMergeable(): Refusal {
  return new Refusal(405, "Pull Request is not mergeable");
}

async function newTip(
  repository: Repository,
  pull: PullRequest,
  base: string,
  wanted: MergeRequest,
  by: Account,
): Promise<string | undefined> {
  const { directory } = repository;
  const now = timestamp();
  const committer = githubIdentity(now);
  if (wanted.method === "rebase") return rebaseCommits(directory, base, pull.head.sha, committer);
  const tree = await mergeTrees(directory, base, pull.head.sha);
  if (tree === undefined) return undefined;
  const author: Identity = identityOf(by, now);
  const squash = wanted.method === "squash";
  return writeCommit(directory, {
    tree,
    parents: squash ? [base] : [base, pull.head.sha],
    message: mergeMessage(pull, wanted),
    author: squash ? identityOf(pull.user, now) : author,
    committer,
  });
}

function mergeMessage(pull: PullRequest, wanted: MergeRequest): string {
  const number = pull.number.toString();
  const from = `${fullName(pull.head.repository).split("/")[0] ?? ""}/${pull.head.ref}`;
  const title =
    wanted.title ??
    (wanted.method === "squash"
      ? `${pull.title} (#${number})`
      : `Merge pull request #${number} from ${from}`);
  const message = wanted.message ?? (wanted.method === "squash" ? (pull.body ?? "") : pull.title);
  return message === "" ? title : `${title}\n\n${message}`;
}
