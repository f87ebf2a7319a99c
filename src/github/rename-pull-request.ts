import type { GitHubClient } from "./create-github-app.ts";

/** Gives a pull request another title. */
export async function renamePullRequest(
  client: GitHubClient,
  number: number,
  title: string,
): Promise<void> {
  await client.promotionOctokit.rest.pulls.update({
    owner: client.owner,
    repo: client.name,
    pull_number: number,
    title,
  });
}
