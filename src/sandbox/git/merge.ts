import { git, tryGit } from "./run-git.ts";
import { type Identity, writeCommit } from "./objects.ts";
import { commitsBetween, readCommit } from "./history.ts";

/** The tree of a three-way merge of two commits; undefined where they conflict. */
export async function mergeTrees(
  directory: string,
  ours: string,
  theirs: string,
): Promise<string | undefined> {
  const result = await tryGit(directory, [
    "merge-tree",
    "--write-tree",
    "--allow-unrelated-histories",
    ours,
    theirs,
  ]);
  if (result.code === 1) return undefined;
  if (result.code !== 0) throw new Error(`git merge-tree failed: ${result.stderr.trim()}`);
  return result.stdout.toString("utf8").trim().slice(0, 40);
}

/** The commits of `head` put one by one on `base`; undefined where one of them conflicts. */
export async function rebaseCommits(
  directory: string,
  base: string,
  head: string,
  committer: Identity,
): Promise<string | undefined> {
  let tip = base;
  for (const commit of await commitsBetween(directory, base, head)) {
    const [parent] = commit.parents;
    // A merge commit brings nothing of its own, as in `git rebase`.
    if (parent === undefined || commit.parents.length > 1) continue;
    const tree = await pickTree(directory, tip, parent, commit.sha, committer);
    if (tree === undefined) return undefined;
    tip = await writeCommit(directory, {
      tree,
      parents: [tip],
      message: commit.message,
      author: commit.author,
      committer,
    });
  }
  return tip;
}

/** merge-tree before git 2.40 takes no merge base, so one is made of commits that nobody else sees. */
async function pickTree(
  directory: string,
  onto: string,
  parent: string,
  commit: string,
  author: Identity,
): Promise<string | undefined> {
  const treeOf = async (revision: string): Promise<string> =>
    (await readCommit(directory, revision)).tree;
  const make = (tree: string, parents: readonly string[]): Promise<string> =>
    writeCommit(directory, { tree, parents, message: "pick", author });
  const base = await make(await treeOf(parent), []);
  const ours = await make(await treeOf(onto), [base]);
  const theirs = await make(await treeOf(commit), [base]);
  return mergeTrees(directory, ours, theirs);
}

/** Brings the objects of another repository on this disk in, below a ref that is not advertised. */
export async function bringCommit(
  directory: string,
  from: string,
  sha: string,
  ref: string,
): Promise<void> {
  await git(directory, ["fetch", "--quiet", "--no-tags", from, `+${sha}:${ref}`]);
}
