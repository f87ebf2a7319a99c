import type { Finding } from "../../streams/findings/finding.ts";
import type { Plan } from "../../streams/plan/plan.ts";
import type { Suggestion } from "./suggestions.ts";

/** A pull request as its event describes it. */
export interface PullRequestHead {
  readonly number: number;
  readonly headSha: string;
  readonly baseRef: string;
  /** Its branch, where that is in this repository and not in a fork. */
  readonly ownBranch: string | undefined;
  /** Whether it is younger than what the bot remembers of the repository, so that it knows all that it wrote there. */
  readonly isNew: boolean;
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
  /** How many would be findings in what changes, but are silenced there with a reason. */
  readonly silenced: number;
  readonly conflicts: readonly string[];
  readonly streams: readonly ReviewedStream[];
  /** Undefined where there is nothing to plan. */
  readonly plan: Plan | undefined;
  readonly fileUrl: (finding: Finding) => string;
  /** By the path of a pipeline or task: the streams that use it. */
  readonly streamsByFile: ReadonlyMap<string, readonly string[]>;
}

/** A review, and the paths that the merge would change. */
export interface ReviewOutcome {
  readonly review: Review;
  readonly changed: ReadonlySet<string>;
  readonly builds: number;
  readonly suggestions: readonly Suggestion[];
  /** How many findings the bot could mend with a commit to the pull request's branch. */
  readonly mendable: number;
}

/** What to report; `rerunOf` is the check run that somebody asked to run again, which has to become a new one. */
export interface ReviewReport extends ReviewOutcome {
  readonly rerunOf: RerunCheck | undefined;
}
