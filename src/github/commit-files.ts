import { ProblemError } from "../problem.ts";
import type { GitHubClient } from "./create-github-app.ts";
import { makeCommit, type NewCommit } from "./make-commit.ts";

export interface FilesCommit extends NewCommit {
  readonly branch: string;
}

/**
 * Commits files on top of a commit, and moves the branch there. Throws `conflict` where the branch has moved on: it is
 * never forced.
 */
export async function commitFiles(client: GitHubClient, commit: FilesCommit): Promise<void> {
  await moveBranch(client, commit.branch, await makeCommit(client, commit));
}

/** Moves a branch on to a commit above its own. Throws `conflict` where it has moved on or is gone. */
export async function moveBranch(client: GitHubClient, branch: string, sha: string): Promise<void> {
  try {
    await client.contentsOctokit.rest.git.updateRef({
      owner: client.owner,
      repo: client.name,
      ref: `heads/${branch}`,
      sha,
      force: false,
    });
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
