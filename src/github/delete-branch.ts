import { ProblemError } from "../problem.ts";
import type { GitHubClient } from "./create-github-app.ts";

/** Removes a branch; one that is gone already is fine, which GitHub answers with 404 or 422. */
export async function deleteBranch(client: GitHubClient, name: string): Promise<void> {
  try {
    await client.promotionOctokit.rest.git.deleteRef({
      owner: client.owner,
      repo: client.name,
      ref: `heads/${name}`,
    });
  } catch (error) {
    const gone =
      error instanceof ProblemError &&
      (error.problem.kind === "not-found" || error.problem.kind === "invalid");
    if (!gone) throw error;
  }
}
