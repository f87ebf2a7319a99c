import { deleteBranch } from "../../github/delete-branch.ts";
import { mergePullRequest } from "../../github/merge-pull-request.ts";
import { getPullRequest, type PullRequest } from "../../github/pull-requests.ts";
import { mayMerge } from "../../promotion/evaluate-gates.ts";
import { renderPromotionTitle } from "../../promotion/render-promotion-body.ts";
import { describeProblem } from "../../problem.ts";
import type { Promotion } from "../../store/promotion-record.ts";
import { putOffPromotion, updatePromotion, type PromotionChange } from "../../store/promotions.ts";
import type { Repository } from "../../store/repository-record.ts";
import { nextTry } from "../backoff.ts";
import type { Bot } from "../bot.ts";
import { gatesOfPromotion } from "./gates-of-promotion.ts";
import { clientFor } from "../report.ts";
import { reportPromotion } from "./report-promotion.ts";

/**
 * Judges an open promotion: reads its gates anew, shows them, and merges where all are open. What GitHub's own rules
 * say against the merge is shown and waited for.
 */
export async function judgePromotion(
  bot: Bot,
  repository: Repository,
  promotion: Promotion,
): Promise<void> {
  if (promotion.pullNumber === null) return;
  const pull = await getPullRequest(clientFor(bot, repository), promotion.pullNumber);
  if (pull.merged) return noteMerge(bot, repository, promotion, pull.mergeCommit ?? pull.headSha);
  if (pull.state === "closed") return noteClosed(bot, promotion);
  const judged = await gatesOfPromotion(bot, repository, promotion, pull);
  bot.lastGates.set(promotion.id, judged.gates);
  if (!mayMerge(judged.gates)) {
    await reportPromotion(bot, repository, promotion, pull, { state: "open", ...judged });
    const until = judged.gates.flatMap((gate) => gate.until ?? []).toSorted()[0];
    const found = { dueAt: until ?? null, attempts: 0, error: null };
    await putOffPromotion(bot.db, promotion, found, bot.now());
    return;
  }
  await reportPromotion(bot, repository, promotion, pull, { state: "merging", ...judged });
  await merge(bot, repository, promotion, pull);
}

async function merge(
  bot: Bot,
  repository: Repository,
  promotion: Promotion,
  pull: PullRequest,
): Promise<void> {
  const client = clientFor(bot, repository);
  // Comments, roles and policy may have changed while the checks were written.
  const again = await gatesOfPromotion(bot, repository, promotion, pull);
  if (!mayMerge(again.gates)) return change(bot, promotion, { dueAt: bot.now().toISOString() });
  const approvers = again.approvals.map(({ login }) => login).join(", ");
  const merged = await mergePullRequest(client, {
    number: pull.number,
    sha: pull.headSha,
    title: renderPromotionTitle(promotion),
    message: `Asked for by ${promotion.requester}, approved by ${approvers}.\nDecision ${promotion.decisionDigest}.`,
  });
  if (merged.ok) {
    await noteMerge(bot, repository, promotion, merged.value);
    await deleteBranch(client, promotion.branch);
    return;
  }
  const attempts = promotion.attempts + 1;
  await reportPromotion(bot, repository, promotion, pull, {
    state: "merging",
    ...again,
    note: `GitHub does not merge it yet: ${describeProblem(merged.problem)}`,
  });
  const dueAt = nextTry(bot.now(), attempts, bot.retryMs).toISOString();
  const found = { attempts, error: merged.problem.what, dueAt };
  await putOffPromotion(bot.db, promotion, found, bot.now());
}

async function noteMerge(
  bot: Bot,
  repository: Repository,
  promotion: Promotion,
  mergeCommit: string,
): Promise<void> {
  bot.log.info(
    { repository: repository.name, channel: promotion.channel, release: promotion.targetName },
    "a promotion was merged",
  );
  bot.lastGates.delete(promotion.id);
  await change(bot, promotion, {
    state: "merged",
    mergeCommit,
    dueAt: bot.now().toISOString(),
    attempts: 0,
    error: null,
  });
  bot.wake();
}

async function noteClosed(bot: Bot, promotion: Promotion): Promise<void> {
  await change(bot, promotion, { state: "closed", dueAt: bot.now().toISOString() });
  bot.wake();
}

async function change(bot: Bot, promotion: Promotion, by: PromotionChange): Promise<void> {
  await updatePromotion(bot.db, promotion.id, by, bot.now());
}
