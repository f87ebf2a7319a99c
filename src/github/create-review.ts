import type { GitHubClient } from "./create-github-app.ts";

export interface ReviewInput {
  /** Number of the pull request. */
  readonly pull: number;
  /** The commit whose lines the comments are about. */
  readonly headSha: string;
  readonly body: string;
  readonly comments: readonly LineComment[];
}

/** A comment on lines of the new side of a pull request's diff; GitHub refuses those on other lines. */
export interface LineComment {
  readonly path: string;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly body: string;
}

/** Writes a review that neither approves nor refuses, with all its comments in one call; gives its id. */
export async function createReview(client: GitHubClient, input: ReviewInput): Promise<number> {
  const { data } = await client.octokit.rest.pulls.createReview({
    owner: client.owner,
    repo: client.name,
    pull_number: input.pull,
    commit_id: input.headSha,
    event: "COMMENT",
    body: input.body,
    comments: input.comments.map(({ path, firstLine, lastLine, body }) => ({
      path,
      line: lastLine,
      side: "RIGHT",
      ...(firstLine === lastLine ? {} : { start_line: firstLine, start_side: "RIGHT" }),
      body,
    })),
  });
  return data.id;
}

/** The App's own review that begins with this line; undefined where there is none. */
export async function findReview(
  client: GitHubClient,
  pull: number,
  firstLine: string,
): Promise<number | undefined> {
  const { octokit } = client;
  const botLogin = await client.botLogin();
  const reviews = await octokit.paginate(octokit.rest.pulls.listReviews, {
    owner: client.owner,
    repo: client.name,
    pull_number: pull,
    per_page: 100,
  });
  const own = reviews.find(
    ({ user, body }) => user?.login === botLogin && body.split(/\r?\n/, 1)[0] === firstLine,
  );
  return own?.id;
}
