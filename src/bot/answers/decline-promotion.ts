import type { Command } from "../../commands/types.ts";
import { getPromotion, updatePromotion } from "../../store/promotions.ts";
import type { Bot } from "../bot.ts";
import type { Answer, CommandComment } from "./comment.ts";

/**
 * Ends a promotion for good; its worker closes the pull request. Under the promotion's lock, so that no merge is under
 * way between the decision and its record.
 */
export async function declinePromotion(
  bot: Bot,
  { promotion: seen, login }: CommandComment,
  command: Extract<Command, { verb: "decline" }>,
): Promise<Answer> {
  if (seen === undefined) return "This is no promotion.";
  return bot.lock.run(`promotion ${seen.id}`, async () => {
    const promotion = await getPromotion(bot.db, seen.id);
    const note = `Declined by ${login}: ${command.reason}`;
    if (promotion?.state === "declined" && promotion.error === note) return undefined;
    if (promotion?.state !== "open") return "This promotion is not open any more.";
    const now = bot.now();
    await updatePromotion(
      bot.db,
      promotion.id,
      { state: "declined", error: note, dueAt: now.toISOString(), attempts: 0 },
      now,
    );
    bot.wake();
    return undefined;
  });
}
