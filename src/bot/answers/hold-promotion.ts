import type { Command } from "../../commands/types.ts";
import { updatePromotion } from "../../store/promotions.ts";
import type { Bot } from "../bot.ts";
import { wakePromotionOfPullRequest } from "../wake-promotion.ts";
import type { Answer, CommandComment } from "./comment.ts";

/** Begins or ends a hold; the promotion's comment shows it. */
export async function holdPromotion(
  bot: Bot,
  comment: CommandComment,
  command: Extract<Command, { verb: "hold" | "unhold" }>,
): Promise<Answer> {
  const { promotion, login } = comment;
  if (promotion?.state !== "open") return "This promotion is not open any more.";
  const change =
    command.verb === "hold"
      ? { heldBy: login, holdReason: command.reason ?? "" }
      : { heldBy: null, holdReason: null };
  await updatePromotion(bot.db, promotion.id, change, bot.now());
  await wakePromotionOfPullRequest(bot, comment.repository, comment.issue);
  return undefined;
}
