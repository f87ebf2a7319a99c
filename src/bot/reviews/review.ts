import type { Finding } from "../../streams/findings/finding.ts";

/** A pull request as its event describes it. */
export interface PullRequestHead {
  readonly number: number;
  readonly headSha: string;
  readonly baseRef: string;
  /** Its branch, where that is in this repository and not in a fork. */
  readonly ownBranch: string | undefined;
}

/** The check run that somebody asked to run again. */
export interface RerunCheck {
  readonly id: number;
  /** Such as `okd-streams / validate`. */
  readonly name: string;
}

/** A stream that a pull request touches. */
export interface ReviewedStream {
  readonly name: string;
  /** Mermaid text of its pipeline's graph. */
  readonly graph: string;
}

export interface Review {
  readonly headSha: string;
  readonly findings: readonly Finding[];
  /** Findings that stand on the default branch already: shown, not blamed on this pull request. */
  readonly older: number;
  readonly conflicts: readonly string[];
  readonly streams: readonly ReviewedStream[];
  /** Markdown of the plan. */
  readonly plan: string;
  readonly fileUrl: (finding: Finding) => string;
}

/** A review, and the paths that the merge would change. */
export interface ReviewOutcome {
  readonly review: Review;
  readonly changed: ReadonlySet<string>;
  readonly builds: number;
}

/** What to report; `rerunOf` is the check run that somebody asked to run again, which has to become a new one. */
export interface ReviewReport extends ReviewOutcome {
  readonly rerunOf: RerunCheck | undefined;
}
