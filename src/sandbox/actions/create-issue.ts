import type { Account, Issue, Repository } from "../types.ts";
import { emit } from "../webhooks/emit.ts";
import { issueLabeled, issueOpened } from "../webhooks/issue-payloads.ts";
import { nextId, timestamp, type World } from "../world.ts";
import { limitContent } from "./content-limit.ts";

export interface NewIssue {
  readonly title: string;
  readonly body: string | null;
  /** Those that the repository lacks are left away. */
  readonly labels: readonly string[];
}

/** Opens an issue, with a webhook for it and one for each of its labels. */
export function createIssue(
  world: World,
  repository: Repository,
  wanted: NewIssue,
  user: Account,
): Issue {
  limitContent(world);
  const now = timestamp();
  const issue: Issue = {
    id: nextId(world),
    number: repository.nextNumber,
    title: wanted.title,
    body: wanted.body,
    user,
    createdAt: now,
    updatedAt: now,
    state: "open",
    closedAt: null,
    labels: wanted.labels.filter((label) => repository.labels.has(label)),
  };
  repository.nextNumber += 1;
  repository.issues.set(issue.number, issue);
  emit(world, repository, "issues", issueOpened(world, repository, issue, user));
  for (const label of issue.labels)
    emit(world, repository, "issues", issueLabeled(label, world, repository, issue, user));
  return issue;
}
