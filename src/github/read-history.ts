import { ProblemError } from "../problem.ts";
import type { CommitInfo, MergedTree } from "./mirror-types.ts";
import { checkBranchName, checkObjectId, isObjectId } from "./revision-names.ts";
import { runGit, type GitCall } from "./run-git.ts";

/** The commit of a full id or of a branch; undefined where there is none. */
export async function resolve(call: GitCall, revision: string): Promise<string | undefined> {
  const name = isObjectId(revision) ? revision : `refs/heads/${checkBranchName(revision)}`;
  return await resolveRef(call, name);
}

/** The commit of a full id or a full ref that the caller has checked. */
export async function resolveRef(call: GitCall, name: string): Promise<string | undefined> {
  const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`];
  const found = (await runGit(call, args)).trim();
  return isObjectId(found) ? found : undefined;
}

/** The tree of merging `head` into `base`, or what stands against it; nothing is written but objects. */
export async function mergeTree(call: GitCall, base: string, head: string): Promise<MergedTree> {
  const args = ["merge-tree", "--write-tree", "-z", "--name-only", "--no-messages"];
  const output = await runGit(call, [...args, checkObjectId(base), checkObjectId(head)]);
  const [tree = "", ...conflicts] = output.split("\0").filter((part) => part !== "");
  return conflicts.length > 0 ? { conflicts } : { tree: checkObjectId(tree.trim()) };
}

/** Paths that differ between two commits or trees; a renamed file counts as both. */
export async function changedPaths(
  call: GitCall,
  from: string,
  to: string,
): Promise<readonly string[]> {
  const args = ["diff-tree", "-r", "-z", "--no-renames", "--no-ext-diff", "--name-only"];
  const output = await runGit(call, [...args, checkObjectId(from), checkObjectId(to)]);
  return output.split("\0").filter((path) => path !== "");
}

/** The newest first-parent commits up to `head` that changed one of the paths, newest first. */
export async function firstParentCommits(
  call: GitCall,
  head: string,
  paths: readonly string[],
  limit: number,
): Promise<readonly string[]> {
  const args = ["rev-list", "--first-parent", `--max-count=${limit}`, checkObjectId(head), "--"];
  const output = await runGit(call, [...args, ...paths.map((path) => `:(top,literal)${path}`)]);
  return output.split("\n").filter(isObjectId);
}

/** Whether `ancestor` is `commit` or comes before it. */
export async function isAncestor(
  call: GitCall,
  ancestor: string,
  commit: string,
): Promise<boolean> {
  const args = ["merge-base", checkObjectId(ancestor), checkObjectId(commit)];
  return (await runGit(call, args)).trim() === ancestor;
}

export async function commitInfo(call: GitCall, commit: string): Promise<CommitInfo> {
  const format = "--format=%H%x00%T%x00%P%x00%an%x00%cI%x00%s%x00%B";
  const args = ["log", "-1", "--no-show-signature", format, checkObjectId(commit), "--"];
  const fields = (await runGit(call, args)).split("\0");
  const [sha, tree, parents, author, committedAt, subject, message] = fields;
  if (
    sha === undefined ||
    tree === undefined ||
    parents === undefined ||
    author === undefined ||
    committedAt === undefined ||
    subject === undefined ||
    message === undefined
  )
    throw new ProblemError({ kind: "not-found", where: commit, what: "There is no such commit." });
  return {
    sha,
    tree,
    parents: parents.split(" ").filter(isObjectId),
    author,
    committedAt,
    subject,
    message: message.trimEnd(),
  };
}
