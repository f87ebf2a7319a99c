import { type TreeChange, writeBlob, writeCommit, writeTree } from "../git/objects.ts";
import { resolveCommit, updateRef, zeroSha } from "../git/refs.ts";
import { Refusal } from "../refusal.ts";
import { timestamp, type World } from "../world.ts";
import type { Account, Repository } from "../types.ts";
import { afterPush } from "./after-push.ts";
import { identityOf } from "./identity.ts";

export interface FileCommit {
  readonly branch: string;
  /** Where a new branch starts; the branch itself has to exist otherwise. */
  readonly startFrom?: string;
  readonly message: string;
  /** Content by path; null removes the file. */
  readonly files: Readonly<Record<string, string | Uint8Array | null>>;
}

/** Commits files onto a branch, as the web editor and the contents API do; gives the commit. */
export async function commitFiles(
  world: World,
  repository: Repository,
  wanted: FileCommit,
  by: Account,
): Promise<string> {
  const { directory } = repository;
  const ref = `refs/heads/${wanted.branch}`;
  const tip = await resolveCommit(directory, ref);
  const start =
    tip ??
    (wanted.startFrom === undefined ? undefined : await resolveCommit(directory, wanted.startFrom));
  if (start === undefined) throw new Refusal(404, `Branch ${wanted.branch} not found`);
  const changes: TreeChange[] = [];
  for (const [path, content] of Object.entries(wanted.files)) {
    const sha = content === null ? null : await writeBlob(directory, content);
    changes.push({ path, mode: "100644", sha });
  }
  const tree = await writeTree(directory, start, changes);
  const author = identityOf(by, timestamp());
  const commit = await writeCommit(directory, {
    tree,
    parents: [start],
    message: wanted.message,
    author,
  });
  const before = tip ?? zeroSha;
  if (!(await updateRef(directory, ref, commit, before)))
    throw new Refusal(409, `${wanted.branch} was modified meanwhile`);
  await afterPush(world, repository, { ref, before, after: commit }, by);
  return commit;
}
