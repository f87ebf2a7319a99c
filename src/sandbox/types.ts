import type { components } from "@octokit/openapi-types";

export type Role = "admin" | "maintain" | "write" | "triage" | "read" | "none";

export type Permissions = components["schemas"]["app-permissions"];

export interface Account {
  readonly id: number;
  readonly login: string;
  readonly name: string;
  readonly type: "User" | "Bot" | "Organization";
  readonly createdAt: string;
}

export const reactionContents = [
  "+1",
  "-1",
  "laugh",
  "confused",
  "heart",
  "hooray",
  "rocket",
  "eyes",
] as const;

export interface Reaction {
  readonly id: number;
  readonly user: Account;
  readonly content: (typeof reactionContents)[number];
  readonly createdAt: string;
}

export interface IssueComment {
  readonly id: number;
  readonly issueNumber: number;
  readonly user: Account;
  body: string;
  readonly createdAt: string;
  updatedAt: string;
  readonly reactions: Reaction[];
  /** Written with the App's own token. */
  readonly byApp: boolean;
}

/** A comment on lines of the new side of a pull request's diff. */
export interface ReviewComment {
  readonly id: number;
  readonly path: string;
  /** The same as `line` where it is about one. */
  readonly startLine: number;
  readonly line: number;
  readonly body: string;
  /** The part of the diff that it stands on. */
  readonly diffHunk: string;
}

export interface Review {
  readonly id: number;
  readonly user: Account;
  readonly body: string;
  readonly state: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED";
  readonly commitId: string;
  readonly submittedAt: string;
  readonly comments: readonly ReviewComment[];
}

export interface Annotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly startColumn?: number;
  readonly endColumn?: number;
  readonly level: "notice" | "warning" | "failure";
  readonly title?: string;
  readonly message: string;
  readonly rawDetails?: string;
}

export type CheckStatus = "queued" | "in_progress" | "completed";
export type CheckConclusion =
  "success" | "failure" | "neutral" | "cancelled" | "skipped" | "timed_out" | "action_required";

export interface CheckSuite {
  readonly id: number;
  readonly headSha: string;
  readonly headBranch: string | null;
  readonly createdAt: string;
}

export interface CheckAction {
  readonly label: string;
  readonly description: string;
  readonly identifier: string;
}

export interface CheckRun {
  readonly id: number;
  readonly suite: CheckSuite;
  name: string;
  readonly headSha: string;
  externalId: string;
  detailsUrl: string;
  status: CheckStatus;
  conclusion: CheckConclusion | null;
  startedAt: string;
  completedAt: string | null;
  title: string | null;
  summary: string | null;
  text: string | null;
  annotations: Annotation[];
  actions: readonly CheckAction[];
}

export interface PullRequest {
  readonly id: number;
  readonly number: number;
  title: string;
  body: string | null;
  readonly user: Account;
  readonly createdAt: string;
  updatedAt: string;
  state: "open" | "closed";
  closedAt: string | null;
  mergedAt: string | null;
  mergedBy: Account | null;
  /** The test merge while open, the real one afterwards. */
  mergeCommitSha: string | null;
  readonly head: { readonly repository: Repository; readonly ref: string; sha: string };
  /** `sha` is the tip of the base branch when the pull request was opened or pushed to last, as on GitHub. */
  readonly base: { ref: string; sha: string };
  /** null: not computed yet. */
  mergeable: boolean | null;
  readonly reviews: Review[];
  readonly labels: string[];
  /** Heads in the order they were pushed, for the page's timeline. */
  readonly pushes: { readonly sha: string; readonly at: string; readonly by: Account }[];
}

export interface Issue {
  readonly id: number;
  readonly number: number;
  title: string;
  body: string | null;
  readonly user: Account;
  readonly createdAt: string;
  updatedAt: string;
  state: "open" | "closed";
  closedAt: string | null;
  readonly labels: string[];
}

/** What people comment on: they share their numbers. */
export type Conversation = Issue | PullRequest;

export interface Protection {
  readonly requiredChecks: readonly string[];
  readonly requiredReviews: number;
}

export interface Repository {
  readonly id: number;
  readonly owner: Account;
  readonly name: string;
  readonly description: string;
  readonly private: boolean;
  readonly defaultBranch: string;
  /** The bare git repository. */
  readonly directory: string;
  readonly collaborators: Map<string, Role>;
  readonly protection: Protection;
  readonly parent?: Repository;
  readonly installed: boolean;
  nextNumber: number;
  readonly pulls: Map<number, PullRequest>;
  readonly issues: Map<number, Issue>;
  /** Names of the labels that there are. */
  readonly labels: Set<string>;
  readonly comments: Map<number, IssueComment>;
  readonly suites: CheckSuite[];
  readonly checkRuns: CheckRun[];
  /** What its merge queue is about to merge, by the commit of the group. */
  readonly mergeGroups: Map<string, MergeGroup>;
  readonly createdAt: string;
  pushedAt: string;
}

/** A pull request as a merge queue tries it: one commit on top of its base branch. */
export interface MergeGroup {
  readonly pull: PullRequest;
  readonly headSha: string;
  readonly headRef: string;
  readonly baseSha: string;
  readonly by: Account;
}

export interface Installation {
  readonly id: number;
  readonly account: Account;
  readonly createdAt: string;
}

/** What an installation access token opens. */
export interface InstallationToken {
  readonly installation: Installation;
  readonly permissions: Permissions;
  /** undefined: every repository of the installation. */
  readonly repositoryIds?: ReadonlySet<number>;
  readonly expiresAt: number;
}

export interface Delivery {
  readonly id: number;
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly repositoryId: number | null;
  readonly installationId: number | null;
  readonly redelivery: boolean;
  readonly payload: Readonly<Record<string, unknown>>;
  deliveredAt: string;
  /** Seconds. */
  duration: number;
  status: string;
  /** 0 until it was answered. */
  statusCode: number;
  requestHeaders: Record<string, string>;
  responseBody: string | null;
}
