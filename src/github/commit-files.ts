import { ProblemError } from "../problem.ts";
import type { GitHubClient } from "./create-github-app.ts";

export interface FilesCommit {
  readonly branch: string;
  /** The commit that the branch has to stand at. */
  readonly parent: string;
  /** The tree of that commit. */
  readonly tree: string;
  readonly message: string;
  readonly files: readonly CommittedFile[];
}

export interface CommittedFile {
  readonly path: string;
  readonly mode: "file" | "executable";
  readonly text: string;
}

/**
 * Commits files on top of a commit, and moves the branch there. Throws `conflict` where the branch has moved on: it is
 * never forced.
 */
export async function commitFiles(client: GitHubClient, commit: FilesCommit): Promise<void> {
  const { git } = client.contentsOctokit.rest;
  const place = { owner: client.owner, repo: client.name };
  checkSecrets(client, commit.files);
  const tree = await git.createTree({
    ...place,
    base_tree: commit.tree,
    tree: commit.files.map(({ path, mode, text }) => ({
      path,
      mode: mode === "executable" ? "100755" : "100644",
      type: "blob",
      content: text,
    })),
  });
  const { message, parent, branch } = commit;
  const made = await git.createCommit({
    ...place,
    message,
    tree: tree.data.sha,
    parents: [parent],
  });
  try {
    await git.updateRef({ ...place, ref: `heads/${branch}`, sha: made.data.sha, force: false });
  } catch (error) {
    // 422: "Update is not a fast forward", or the branch is gone.
    if (!(error instanceof ProblemError) || error.problem.kind !== "invalid") throw error;
    throw new ProblemError(
      {
        kind: "conflict",
        where: branch,
        what: "The branch has moved on.",
        next: "Its newer commit is reviewed by itself.",
      },
      { cause: error },
    );
  }
}

/** What is cut out of every text to GitHub would be missing in the file. */
function checkSecrets(client: GitHubClient, files: readonly CommittedFile[]): void {
  const found = files.find(({ text }) => client.secrets.clean(text) !== text);
  if (found === undefined) return;
  throw new ProblemError({
    kind: "refused",
    where: found.path,
    what: "The file would hold a secret of the bot.",
  });
}
