import { ProblemError } from "../problem.ts";
import type { GitHubClient } from "./create-github-app.ts";
import { toPullRequest, type PullRequest } from "./pull-requests.ts";

export interface PullRequestInput {
  /** Branch of this repository. */
  readonly head: string;
  /** What the branch stands at: a closed pull request of this very commit is the one that was asked for. */
  readonly headSha: string;
  readonly base: string;
  readonly title: string;
  readonly body: string;
}

/** The pull request from `head` to `base`: the one that exists, also where people closed or merged it, or a new one. */
export async function ensurePullRequest(
  client: GitHubClient,
  input: PullRequestInput,
): Promise<PullRequest> {
  const existing = await find(client, input);
  if (existing !== undefined) return existing;
  try {
    const { data } = await client.promotionOctokit.rest.pulls.create({
      owner: client.owner,
      repo: client.name,
      head: input.head,
      base: input.base,
      title: input.title,
      body: input.body,
    });
    return toPullRequest(data);
  } catch (error) {
    // 422 "A pull request already exists": an answer that was lost before.
    if (!(error instanceof ProblemError) || error.problem.kind !== "invalid") throw error;
    const made = await find(client, input);
    if (made === undefined) throw error;
    return made;
  }
}

async function find(
  client: GitHubClient,
  input: PullRequestInput,
): Promise<PullRequest | undefined> {
  const { data } = await client.promotionOctokit.rest.pulls.list({
    owner: client.owner,
    repo: client.name,
    state: "all",
    head: `${client.owner}:${input.head}`,
    base: input.base,
    per_page: 100,
  });
  const pulls = data.map(toPullRequest);
  return (
    pulls.find((pull) => pull.state === "open") ??
    pulls.find((pull) => pull.headSha === input.headSha)
  );
}
