import type { Command } from "../../commands/types.ts";
import { getPromotion, updatePromotion } from "../../store/promotions.ts";
import type { Bot } from "../bot.ts";
import type { Answer, CommandComment } from "./comment.ts";

/**
 * Begins or ends a hold; the promotion's comment shows it. Under the promotion's lock, so that a hold that was taken
 * holds the merge.
 */
export async function holdPromotion(
  bot: Bot,
  { promotion: seen, login }: CommandComment,
  command: Extract<Command, { verb: "hold" | "unhold" }>,
): Promise<Answer> {
  if (seen === undefined) return "This is no promotion.";
  return bot.lock.run(`promotion ${seen.id}`, async () => {
    const promotion = await getPromotion(bot.db, seen.id);
    if (promotion?.state !== "open") return "This promotion is not open any more.";
    const hold =
      command.verb === "hold"
        ? { heldBy: login, holdReason: command.reason ?? "" }
        : { heldBy: null, holdReason: null };
    const now = bot.now();
    await updatePromotion(bot.db, promotion.id, { ...hold, dueAt: now.toISOString() }, now);
    bot.wake();
    return undefined;
  });
}
