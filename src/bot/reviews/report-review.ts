import type { Repository } from "../../store/repository-record.ts";
import type { Bot } from "../bot.ts";
import { checkKey } from "./check-key.ts";
import { promotionCheckOf } from "./promotion-check.ts";
import { fixActions } from "./fix-button.ts";
import { reportSuggestions } from "./report-suggestions.ts";
import { renderReviewComment } from "./render-review.ts";
import { planCheck, validateCheck } from "./review-checks.ts";
import { reportCheck, reportComment } from "../report.ts";
import type { PullRequestHead, ReviewOutcome, ReviewReport } from "./review.ts";

/** Says on the pull request what the review found: three check runs that always conclude, and one comment. */
export async function reportReview(
  bot: Bot,
  repository: Repository,
  pull: PullRequestHead,
  outcome: ReviewReport,
): Promise<void> {
  const actions = await fixActions(bot, repository, pull, outcome.mendable);
  const place = (check: "validate" | "plan") => ({
    headSha: pull.headSha,
    externalId: checkKey(check, pull, outcome.rerunOf),
  });
  const validate = { ...validateCheck(place("validate"), outcome), actions };
  await reportCheck(bot, repository, validate, pull.isNew);
  await reportCheck(bot, repository, planCheck(place("plan"), outcome), pull.isNew);
  const promotionCheck = await promotionCheckOf(bot, repository, pull, outcome);
  if (promotionCheck !== undefined) await reportCheck(bot, repository, promotionCheck, pull.isNew);
  await reportSuggestions(bot, repository, pull, outcome.suggestions);
  if (isWorthAComment(outcome)) {
    await reportComment(bot, repository, {
      issue: pull.number,
      purpose: "review",
      body: renderReviewComment(outcome.review),
    });
  }
}

/** A pull request that touches nothing of ours gets its checks, and is left in peace. */
function isWorthAComment({ review, changed, builds }: ReviewOutcome): boolean {
  const touches = [...changed].some(
    (path) => /^(streams|tekton)\//.test(path) || path === ".github/okd-streams.yml",
  );
  return touches || builds > 0 || review.findings.length > 0 || review.conflicts.length > 0;
}
