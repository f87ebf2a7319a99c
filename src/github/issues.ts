import type { GitHubClient } from "./create-github-app.ts";
import { unlessMissing } from "./unless-missing.ts";

export interface Issue {
  readonly number: number;
  readonly body: string;
  readonly state: "open" | "closed";
  readonly author: { readonly login: string; readonly id: number; readonly isBot: boolean };
  readonly labels: readonly string[];
  readonly isPullRequest: boolean;
}

interface Answer {
  readonly number: number;
  readonly body?: string | null;
  readonly state: string;
  readonly user: { readonly login: string; readonly id: number; readonly type: string } | null;
  readonly labels: readonly (string | { readonly name?: string })[];
  readonly pull_request?: object;
}

/** What GitHub shows in the place of an account that was deleted. */
const ghost = { login: "ghost", id: 10137, type: "User" };

/** An issue as it is now; undefined where it was deleted or moved away. */
export async function getIssue(client: GitHubClient, number: number): Promise<Issue | undefined> {
  const answer = await unlessMissing(() =>
    client.octokit.rest.issues.get({
      owner: client.owner,
      repo: client.name,
      issue_number: number,
    }),
  );
  return answer === undefined ? undefined : toIssue(answer.data);
}

/** The open issues, of a label where it is given, over all pages, oldest first; no pull requests. */
export async function listOpenIssues(
  client: GitHubClient,
  label?: string,
): Promise<readonly Issue[]> {
  const { octokit } = client;
  const answers = await octokit.paginate(octokit.rest.issues.listForRepo, {
    owner: client.owner,
    repo: client.name,
    state: "open",
    ...(label === undefined ? {} : { labels: label }),
    direction: "asc",
    per_page: 100,
  });
  return answers.map(toIssue).filter(({ isPullRequest }) => !isPullRequest);
}

function toIssue({ number, body, state, user, labels, pull_request }: Answer): Issue {
  const { login, id, type } = user ?? ghost;
  return {
    number,
    body: body ?? "",
    state: state === "open" ? "open" : "closed",
    author: { login, id, isBot: type === "Bot" },
    labels: labels.flatMap((label) => (typeof label === "string" ? label : (label.name ?? []))),
    isPullRequest: pull_request !== undefined,
  };
}
