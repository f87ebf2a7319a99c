import type { Command } from "../../commands/types.ts";
import { closePullRequest } from "../../github/close-pull-request.ts";
import { deleteBranch } from "../../github/delete-branch.ts";
import { updatePromotion } from "../../store/promotions.ts";
import type { Bot } from "../bot.ts";
import { clientFor } from "../report.ts";
import { wakePromotionOfPullRequest } from "../wake-promotion.ts";
import type { Answer, CommandComment } from "./comment.ts";

/** Ends a promotion for good. The decision is kept first, so that a crash cannot leave it open to a merge. */
export async function declinePromotion(
  bot: Bot,
  comment: CommandComment,
  command: Extract<Command, { verb: "decline" }>,
): Promise<Answer> {
  const { promotion, repository, login } = comment;
  if (promotion?.state !== "open") return "This promotion is not open any more.";
  const note = `Declined by ${login}: ${command.reason}`;
  await updatePromotion(bot.db, promotion.id, { state: "declined", error: note }, bot.now());
  const client = clientFor(bot, repository);
  await closePullRequest(client, comment.issue);
  await deleteBranch(client, promotion.branch);
  await wakePromotionOfPullRequest(bot, repository, comment.issue);
  return undefined;
}
