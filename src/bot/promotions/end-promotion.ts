import { closePullRequest } from "../../github/close-pull-request.ts";
import { deleteBranch } from "../../github/delete-branch.ts";
import type { Promotion } from "../../store/promotion-record.ts";
import { updatePromotion } from "../../store/promotions.ts";
import type { Repository } from "../../store/repository-record.ts";
import type { Bot } from "../bot.ts";
import { clientFor, reportComment } from "../report.ts";
import { reportPromotion } from "./report-promotion.ts";

/** Closes the pull request of a promotion that ended without a merge, and tells both pull requests. */
export async function endPromotion(
  bot: Bot,
  repository: Repository,
  promotion: Promotion,
): Promise<void> {
  const status = promotion.state === "declined" ? "declined" : "closed";
  const client = clientFor(bot, repository);
  if (promotion.pullNumber !== null) await closePullRequest(client, promotion.pullNumber);
  await deleteBranch(client, promotion.branch);
  if (promotion.pullNumber !== null && promotion.headSha !== null) {
    const pull = { number: promotion.pullNumber, headSha: promotion.headSha };
    await reportPromotion(bot, repository, promotion, pull, {
      state: status,
      gates: [],
      approvals: [],
      ignored: [],
      minimumApprovals: 0,
      ...(promotion.error === null ? {} : { note: promotion.error }),
    });
  }
  if (promotion.requestedIn !== null) {
    await reportComment(bot, repository, {
      issue: promotion.requestedIn,
      purpose: `reply:${promotion.id}`,
      body: `${promotion.requester}: the promotion of \`${promotion.release}\` to \`${promotion.channel}\` (#${promotion.pullNumber ?? 0}) was ${status}. The name \`${promotion.targetName}\` is not used again.`,
    });
  }
  await updatePromotion(bot.db, promotion.id, { dueAt: null, attempts: 0 }, bot.now());
}
