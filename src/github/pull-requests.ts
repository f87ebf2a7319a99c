import type { GitHubClient } from "./create-github-app.ts";

export interface PullRequest {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly author: string;
  readonly state: "open" | "closed";
  readonly draft: boolean;
  readonly merged: boolean;
  /** The merge, once merged; before that GitHub's trial merge, which nobody may rely on, is left out. */
  readonly mergeCommit?: string;
  readonly headSha: string;
  readonly headRef: string;
  /** Undefined where the fork was deleted. */
  readonly headRepositoryId?: number;
  readonly baseRef: string;
  readonly baseSha: string;
  /** ISO 8601. */
  readonly openedAt: string;
}

interface Answer {
  readonly number: number;
  readonly title: string;
  readonly body: string | null;
  readonly user: { readonly login: string } | null;
  readonly state: string;
  readonly draft?: boolean;
  readonly merged_at: string | null;
  readonly merge_commit_sha: string | null;
  readonly created_at: string;
  readonly head: {
    readonly sha: string;
    readonly ref: string;
    readonly repo: { readonly id: number } | null;
  };
  readonly base: { readonly sha: string; readonly ref: string };
}

/** A pull request as it is now; throws `not-found` where there is none. */
export async function getPullRequest(client: GitHubClient, number: number): Promise<PullRequest> {
  const { data } = await client.octokit.rest.pulls.get({
    owner: client.owner,
    repo: client.name,
    pull_number: number,
  });
  return toPullRequest(data);
}

/** The open pull requests into a branch, over all pages. */
export async function listOpenPullRequests(
  client: GitHubClient,
  base: string,
): Promise<readonly PullRequest[]> {
  const { octokit } = client;
  const answers = await octokit.paginate(octokit.rest.pulls.list, {
    owner: client.owner,
    repo: client.name,
    state: "open",
    base,
    per_page: 100,
  });
  return answers.map(toPullRequest);
}

/** The pull requests of this repository that a commit came in with or is in. */
export async function findPullRequestsOfCommit(
  client: GitHubClient,
  sha: string,
): Promise<readonly PullRequest[]> {
  const { octokit } = client;
  const answers = await octokit.paginate(octokit.rest.repos.listPullRequestsAssociatedWithCommit, {
    owner: client.owner,
    repo: client.name,
    commit_sha: sha,
    per_page: 100,
  });
  return answers.map(toPullRequest);
}

/** The fields that this software reads of GitHub's pull request. */
export function toPullRequest(answer: Answer): PullRequest {
  const merged = answer.merged_at !== null;
  return {
    number: answer.number,
    title: answer.title,
    body: answer.body ?? "",
    author: answer.user?.login ?? "ghost",
    state: answer.state === "open" ? "open" : "closed",
    draft: answer.draft ?? false,
    merged,
    ...(merged && answer.merge_commit_sha !== null ? { mergeCommit: answer.merge_commit_sha } : {}),
    headSha: answer.head.sha,
    headRef: answer.head.ref,
    // The published types say that a fork always has a repository; a deleted fork has none.
    ...(answer.head.repo === null ? {} : { headRepositoryId: answer.head.repo.id }),
    baseRef: answer.base.ref,
    baseSha: answer.base.sha,
    openedAt: answer.created_at,
  };
}
