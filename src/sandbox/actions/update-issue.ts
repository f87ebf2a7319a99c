import type { Account, Conversation, Issue, PullRequest, Repository } from "../types.ts";
import { emit } from "../webhooks/emit.ts";
import {
  issueClosed,
  issueEdited,
  issueLabeled,
  issueReopened,
} from "../webhooks/issue-payloads.ts";
import { timestamp, type World } from "../world.ts";

export interface IssueChanges {
  readonly title?: string | undefined;
  readonly body?: string | null | undefined;
  readonly state?: "open" | "closed" | undefined;
}

/** Edits, closes or reopens an issue, with one webhook for each of these. */
export function updateIssue(
  world: World,
  repository: Repository,
  issue: Issue,
  { title = issue.title, body = issue.body, state = issue.state }: IssueChanges,
  sender: Account,
): void {
  const from = { title: issue.title, body: issue.body };
  Object.assign(issue, { title, body, updatedAt: timestamp() });
  if (title !== from.title || body !== from.body)
    emit(world, repository, "issues", issueEdited(from, world, repository, issue, sender));
  if (state === issue.state) return;
  issue.state = state;
  issue.closedAt = state === "closed" ? issue.updatedAt : null;
  const told = state === "closed" ? issueClosed : issueReopened;
  emit(world, repository, "issues", told(world, repository, issue, sender));
}

/** Labels an issue or a pull request; a label that the repository lacks is made. */
export function addLabel(
  world: World,
  repository: Repository,
  conversation: Conversation,
  label: string,
  sender: Account,
): void {
  repository.labels.add(label);
  if (conversation.labels.includes(label)) return;
  conversation.labels.push(label);
  if ("head" in conversation) return;
  emit(world, repository, "issues", issueLabeled(label, world, repository, conversation, sender));
}

const closing = /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):? #(\d+)\b/gi;

/**
 * Closes the issues that a merged pull request says it closes, if it went into the default branch.
 * https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/linking-a-pull-request-to-an-issue
 */
export function closeLinkedIssues(
  world: World,
  repository: Repository,
  pull: PullRequest,
  sender: Account,
): void {
  if (pull.base.ref !== repository.defaultBranch) return;
  for (const [, number] of (pull.body ?? "").matchAll(closing)) {
    const issue = repository.issues.get(Number(number));
    if (issue !== undefined) updateIssue(world, repository, issue, { state: "closed" }, sender);
  }
}
