import type { Kysely } from "kysely";
import type { DeliveryRow } from "./delivery-record.ts";
import type { ApprovalRow, PromotionRow } from "./promotion-record.ts";
import type { ProposalRow } from "./proposal-record.ts";
import type { ReleaseRow } from "./release-record.ts";
import type { RepositoryRow } from "./repository-record.ts";
import type { RunRow } from "./run-record.ts";

/** A sticky comment of ours, by its purpose. */
export interface CommentRow {
  readonly repositoryId: number;
  readonly issue: number;
  readonly purpose: string;
  readonly commentId: number;
  readonly bodyHash: string;
}

/** The check run of ours that stands under a name on a commit. */
export interface CheckRunRow {
  readonly repositoryId: number;
  readonly headSha: string;
  readonly name: string;
  readonly checkRunId: number;
  /** What it stands for, as GitHub was told. */
  readonly externalId: string;
  readonly bodyHash: string;
}

/** Something that is being written to GitHub. */
export interface BegunWriteRow {
  readonly repositoryId: number;
  readonly what: string;
}

/** A published name, given to one promotion for ever. */
export interface NameRow {
  readonly repositoryId: number;
  readonly name: string;
  readonly channel: string;
  readonly promotionId: string;
  readonly handedOutAt: string;
}

/** A commit of a pull request that a maintainer lets run before its merge. */
export interface TrustedCommitRow {
  readonly repositoryId: number;
  readonly pull: number;
  readonly commit: string;
  readonly login: string;
  readonly commentId: number;
  readonly createdAt: string;
}

/** The issue that tells of a stream that fails, until it recovers. */
export interface TrackingIssueRow {
  readonly repositoryId: number;
  readonly stream: string;
  readonly number: number;
  readonly bodyHash: string;
}

/**
 * The tables. A record is the only place that knows something; a cache can be dropped at any time.
 * Moments are ISO 8601 in UTC with milliseconds; JSON is text; yes and no are 1 and 0.
 */
export interface Tables {
  /** Record until done: GitHub keeps deliveries for three days and sends them again when asked. Done ones are history. */
  readonly deliveries: DeliveryRow;
  /** Cache of GitHub's installation list, except `baseline`: without it, the head of the day becomes the new baseline. */
  readonly repositories: RepositoryRow;
  /**
   * Record of what was asked for. Rebuilt as far as clusters still have the PipelineRuns: their label and annotation
   * give the run id and their parameters the request; who asked stands in the comments of pull requests.
   */
  readonly runs: RunRow;
  /** Rebuilt from succeeded builds; a phase set by hand, from the comments `/accept` and `/reject`. */
  readonly releases: ReleaseRow;
  /** Rebuilt from promotion pull requests, the log of release.yaml and the comments on both. */
  readonly promotions: PromotionRow;
  /** Record of what the bot wrote to the branches of proposals; without it, it leaves them to people. */
  readonly proposals: ProposalRow;
  /** Cache of comments: they are read again before a merge. */
  readonly approvals: ApprovalRow;
  /** Cache: a comment is found by its hidden marker and its author. */
  readonly comments: CommentRow;
  /** Cache, and the only map from a check run's id to what it stands for; a lost row means that its re-run is ignored. */
  readonly checkRuns: CheckRunRow;
  /** Record until done: what may stand on GitHub without being noted here. */
  readonly begunWrites: BegunWriteRow;
  /** Record; a maintainer writes `/ok-to-test` again where it is lost. */
  readonly trustedCommits: TrustedCommitRow;
  /** Cache: an open issue is found by its hidden marker and its author. */
  readonly trackingIssues: TrackingIssueRow;
  /** Record: names are never handed out twice. Rebuilt from the log of every release.yaml, which lacks names never merged. */
  readonly names: NameRow;
}

/** The open database, or a transaction of it. */
export type Database = Kysely<Tables>;
