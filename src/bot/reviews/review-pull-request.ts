import type { Repository } from "../../store/repository-record.ts";
import type { Bot } from "../bot.ts";
import { readMerge } from "./read-merge.ts";
import { reviewMerge } from "./review-merge.ts";
import { reportReview } from "./report-review.ts";
import type { PullRequestHead, RerunCheck, ReviewOutcome } from "./review.ts";

/**
 * Reviews what the merge of the pull request would make of the default branch: its findings, and what it would build.
 * The settings are the default branch's, so no pull request loosens the rules that it is checked by; pull requests into
 * other branches are none of the bot's.
 */
export async function reviewPullRequest(
  bot: Bot,
  repository: Repository,
  pull: PullRequestHead,
  rerunOf?: RerunCheck,
): Promise<void> {
  // Checks belong to commits: a verdict about another branch would stand in for the one about this.
  if (pull.baseRef !== repository.defaultBranch) return;
  await bot.lock.run(`review ${repository.id}#${pull.number}`, async () => {
    const merge = await readMerge(bot, repository, pull);
    if (merge === undefined) return;
    const review =
      "conflicts" in merge
        ? conflictReview(pull, merge.conflicts)
        : await reviewMerge(bot, repository, merge);
    await reportReview(bot, repository, pull, { ...review, rerunOf });
  });
}

const nothingChanged: ReadonlySet<string> = new Set();

function conflictReview(pull: PullRequestHead, conflicts: readonly string[]): ReviewOutcome {
  return {
    review: {
      headSha: pull.headSha,
      findings: [],
      older: 0,
      silenced: 0,
      conflicts,
      streams: [],
      plan: undefined,
      fileUrl: () => "",
      streamsByFile: new Map(),
    },
    changed: nothingChanged,
    builds: 0,
    suggestions: [],
    mendable: 0,
  };
}
