import type { GitHubClient } from "./create-github-app.ts";

/** Closes a pull request; one that is closed already stays so. */
export async function closePullRequest(client: GitHubClient, number: number): Promise<void> {
  await client.promotionOctokit.rest.pulls.update({
    owner: client.owner,
    repo: client.name,
    pull_number: number,
    state: "closed",
  });
}
