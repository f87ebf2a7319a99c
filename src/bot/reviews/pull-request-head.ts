import type { PullRequest } from "../../github/pull-requests.ts";
import type { Repository } from "../../store/repository-record.ts";
import type { PullRequestHead } from "./review.ts";

/** What a review needs to know of a pull request that was read. */
export function pullRequestHead(repository: Repository, pull: PullRequest): PullRequestHead {
  return {
    number: pull.number,
    headSha: pull.headSha,
    baseRef: pull.baseRef,
    ownBranch: pull.headRepositoryId === repository.id ? pull.headRef : undefined,
    isNew: isNewTo(repository, pull.openedAt),
  };
}

const second = 1000;

/**
 * Whether a pull request that was opened then is younger than what is remembered of the repository. GitHub tells whole
 * seconds only, so that one of the very second counts as younger.
 */
export function isNewTo(repository: Pick<Repository, "seenAt">, openedAt: string): boolean {
  return Date.parse(openedAt) > Date.parse(repository.seenAt) - second;
}
