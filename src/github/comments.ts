import type { GitHubClient } from "./create-github-app.ts";

export interface Comment {
  readonly id: number;
  /** Number of the issue or pull request that it stands on. */
  readonly issue: number;
  readonly body: string;
  readonly author: string;
  readonly authorIsBot: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
}

interface CommentAnswer {
  readonly id: number;
  readonly issue_url: string;
  readonly body?: string;
  readonly user: { readonly login: string; readonly type: string } | null;
  readonly created_at: string;
  readonly updated_at: string;
}

/** A comment as it is now; throws `not-found` where it was deleted. */
export async function getComment(client: GitHubClient, id: number): Promise<Comment> {
  const { data } = await client.octokit.rest.issues.getComment({
    owner: client.owner,
    repo: client.name,
    comment_id: id,
  });
  return toComment(data);
}

/** All comments of an issue or pull request, over all pages, oldest first. */
export async function listComments(
  client: GitHubClient,
  issue: number,
): Promise<readonly Comment[]> {
  const { octokit } = client;
  const answers = await octokit.paginate(octokit.rest.issues.listComments, {
    owner: client.owner,
    repo: client.name,
    issue_number: issue,
    per_page: 100,
  });
  return answers.map(toComment);
}

function toComment(answer: CommentAnswer): Comment {
  return {
    id: answer.id,
    issue: Number(answer.issue_url.slice(answer.issue_url.lastIndexOf("/") + 1)),
    body: answer.body ?? "",
    // GitHub shows deleted accounts as `ghost`; that login has no rights.
    author: answer.user?.login ?? "ghost",
    authorIsBot: answer.user?.type === "Bot",
    createdAt: answer.created_at,
    updatedAt: answer.updated_at,
  };
}
