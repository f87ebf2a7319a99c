import type { RestEndpointMethodTypes } from "@octokit/rest";
import { demoRepository } from "../demo-repository.ts";
import { waitFor } from "../wait-for.ts";
import type { Stage } from "./stage.ts";

const { owner, name: repo } = demoRepository;
const minute = 60_000;

export type CheckRun =
  RestEndpointMethodTypes["checks"]["listForRef"]["response"]["data"]["check_runs"][number];
export type Comment = RestEndpointMethodTypes["issues"]["listComments"]["response"]["data"][number];
export type PullRequest = RestEndpointMethodTypes["pulls"]["get"]["response"]["data"];

/** Waits until a value is there that the wish agrees to; everything is read as Casey, who may only read. */
export async function observe<T>(
  what: string,
  look: () => Promise<T | undefined>,
  wish: (value: T) => boolean = () => true,
  timeoutMs = minute,
): Promise<T> {
  return waitFor(
    what,
    async () => {
      const value = await look();
      return value !== undefined && wish(value) ? value : undefined;
    },
    { timeoutMs, everyMs: 150 },
  );
}

/** The newest check run of this name on this commit. */
export async function checkRun(
  stage: Stage,
  sha: string,
  name: string,
): Promise<CheckRun | undefined> {
  const { data } = await stage.people.casey.octokit.rest.checks.listForRef({
    owner,
    repo,
    ref: sha,
    check_name: name,
  });
  return data.check_runs[0];
}

/** The bot's comments on an issue or pull request, oldest first. */
export async function botComments(stage: Stage, issue: number): Promise<readonly Comment[]> {
  const { octokit } = stage.people.casey;
  const comments = await octokit.paginate(octokit.rest.issues.listComments, {
    owner,
    repo,
    issue_number: issue,
    per_page: 100,
  });
  return comments.filter((comment) => comment.user?.login === "okd-streams[bot]");
}

/** The bot's one comment whose text holds this. */
export async function botComment(
  stage: Stage,
  issue: number,
  text: string,
): Promise<Comment | undefined> {
  const comments = await botComments(stage, issue);
  return comments.find((comment) => comment.body?.includes(text) === true);
}

export async function pullRequest(stage: Stage, number: number): Promise<PullRequest> {
  const { data } = await stage.people.casey.octokit.rest.pulls.get({
    owner,
    repo,
    pull_number: number,
  });
  return data;
}

/** The text of a page of the bot. */
export async function page(stage: Stage, path: string): Promise<string> {
  const answer = await fetch(`${stage.world.bot.url}${path}`);
  return answer.text();
}
