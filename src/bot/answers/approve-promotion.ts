import type { Command } from "../../commands/types.ts";
import { removeApproval, saveApproval } from "../../store/approvals.ts";
import type { Bot } from "../bot.ts";
import { decisionOf } from "../promotions/decision-of.ts";
import { wakePromotionOfPullRequest } from "../promotions/wake-promotion.ts";
import type { Answer, CommandComment } from "./comment.ts";

/** Keeps or takes back an approval, bound to what exactly is decided now; the promotion's comment shows the rest. */
export async function approvePromotion(
  bot: Bot,
  comment: CommandComment,
  command: Extract<Command, { verb: "approve" }>,
): Promise<Answer> {
  const { promotion, repository, login, commentId } = comment;
  if (promotion?.state !== "open") return "This promotion is not open any more.";
  if (command.cancel) {
    const removed = await removeApproval(bot.db, promotion.id, login);
    await wakePromotionOfPullRequest(bot, repository, comment.issue);
    return removed ? "Your approval is taken back." : "You had not approved this promotion.";
  }
  const decision = await decisionOf(bot, repository, promotion, comment.streams);
  if (decision === undefined)
    return `The channel \`${promotion.channel}\` or the release \`${promotion.release}\` is not there any more, so there is nothing to approve.`;
  await saveApproval(
    bot.db,
    { promotionId: promotion.id, login, commentId, decisionDigest: decision },
    bot.now(),
  );
  await wakePromotionOfPullRequest(bot, repository, comment.issue);
  return undefined;
}
