import { code } from "../../promotion/markdown.ts";
import type { Repository } from "../../store/repository-record.ts";
import { renderPlanMarkdown } from "../../streams/plan/render-plan-markdown.ts";
import type { Bot } from "../bot.ts";
import { checkKey } from "./check-key.ts";
import { promotionCheckOf } from "./promotion-check.ts";
import { countFindings, findingAnnotations, renderFindings } from "./render-findings.ts";
import { fixActions } from "./fix-button.ts";
import { reportSuggestions } from "./report-suggestions.ts";
import { passes, renderReviewComment, silencedNote } from "./render-review.ts";
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
  const validate = { ...validateCheck(pull, outcome), actions };
  await reportCheck(bot, repository, validate, pull.isNew);
  await reportCheck(bot, repository, planCheck(pull, outcome), pull.isNew);
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

function validateCheck(pull: PullRequestHead, { review, rerunOf }: ReviewReport) {
  const passed = passes(review);
  return {
    name: "okd-streams / validate",
    headSha: pull.headSha,
    externalId: checkKey("validate", pull, rerunOf),
    status: "completed" as const,
    conclusion: passed ? ("success" as const) : ("failure" as const),
    title: validateTitle(review),
    summary: validateSummary(review),
    annotations: findingAnnotations(review.findings),
  };
}

/** Bytes. A summary may have 65,535 characters; the rest is for what stands around the findings. */
const inSummary = { bytes: 64_000, findings: Infinity };

function validateSummary(review: ReviewOutcome["review"]): string {
  const { findings, conflicts, silenced } = review;
  const said =
    findings.length > 0
      ? [`**${countFindings(findings)}**`, renderFindings(findings, review, inSummary)]
      : [conflictSummary(conflicts)];
  return [...said, silencedNote(silenced)].filter((part) => part !== "").join("\n\n");
}

function validateTitle(review: ReviewOutcome["review"]): string {
  if (review.conflicts.length > 0) return "Conflicts with the base branch";
  return review.findings.length === 0 ? "Valid" : countFindings(review.findings);
}

function conflictSummary(conflicts: readonly string[]): string {
  if (conflicts.length === 0) return "Every stream, channel and pipeline of the merge is valid.";
  return `Merge or rebase the base branch; these files conflict: ${conflicts.map(code).join(", ")}.`;
}

function planCheck(pull: PullRequestHead, { review, builds, rerunOf }: ReviewReport) {
  const valid = passes(review);
  return {
    name: "okd-streams / plan",
    headSha: pull.headSha,
    externalId: checkKey("plan", pull, rerunOf),
    status: "completed" as const,
    conclusion: builds > 0 && valid ? ("success" as const) : ("neutral" as const),
    title: planTitle(review, builds),
    summary:
      valid && review.plan !== undefined
        ? renderPlanMarkdown(review.plan)
        : "There is a plan as soon as the pull request is valid.",
  };
}

function planTitle(review: ReviewOutcome["review"], builds: number): string {
  if (!passes(review)) return "No plan while the pull request is not valid";
  const count = builds === 0 ? "nothing" : `${builds} stream${builds === 1 ? "" : "s"}`;
  const gaps = review.plan?.triggers.gaps.length ?? 0;
  return `The merge builds ${count}${gaps > 0 ? ", and triggers are missing" : ""}`;
}
