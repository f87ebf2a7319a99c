import { ProblemError } from "../problem.ts";
import type { GitHubClient } from "./create-github-app.ts";
import { unlessMissing } from "./unless-missing.ts";

/** Makes the branch at `sha` where there is none; gives the commit that it stands at, an existing one's included. */
export async function ensureBranch(
  client: GitHubClient,
  name: string,
  sha: string,
): Promise<string> {
  const existing = await readBranch(client, name);
  if (existing !== undefined) return existing;
  try {
    const { data } = await client.promotionOctokit.rest.git.createRef({
      owner: client.owner,
      repo: client.name,
      ref: `refs/heads/${name}`,
      sha,
    });
    return data.object.sha;
  } catch (error) {
    // "Reference already exists": an answer that was lost before.
    if (!(error instanceof ProblemError) || error.problem.kind !== "invalid") throw error;
    const made = await readBranch(client, name);
    if (made === undefined) throw error;
    return made;
  }
}

/** The commit that a branch stands at; undefined where there is none. */
export async function readBranch(client: GitHubClient, name: string): Promise<string | undefined> {
  const answer = await unlessMissing(() =>
    client.promotionOctokit.rest.git.getRef({
      owner: client.owner,
      repo: client.name,
      ref: `heads/${name}`,
    }),
  );
  return answer?.data.object.sha;
}
