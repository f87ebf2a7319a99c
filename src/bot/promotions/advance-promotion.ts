import { getPromotion, updatePromotion } from "../../store/promotions.ts";
import type { Promotion } from "../../store/promotion-record.ts";
import { getRepository } from "../../store/repositories.ts";
import type { Repository } from "../../store/repository-record.ts";
import type { Bot } from "../bot.ts";
import { isDue } from "../is-due.ts";
import { endPromotion } from "./end-promotion.ts";
import { followPublication } from "./follow-publication.ts";
import { judgePromotion } from "./judge-promotion.ts";
import { openPromotion } from "./open-promotion.ts";

/**
 * Takes one promotion as far as it goes now: opens its pull request, judges its gates and merges it, and follows its
 * publication. Every part may be repeated. False where another process is at it.
 */
export async function advancePromotion(bot: Bot, id: string): Promise<boolean> {
  return bot.lock.tryRun(`promotion ${id}`, async () => {
    const promotion = await getPromotion(bot.db, id);
    if (promotion === undefined || !isDue(promotion, bot.now())) return;
    const repository = await getRepository(bot.db, promotion.repositoryId);
    if (repository === undefined) {
      await updatePromotion(bot.db, id, { dueAt: null }, bot.now());
      return;
    }
    await advance(bot, repository, promotion);
  });
}

function advance(bot: Bot, repository: Repository, promotion: Promotion): Promise<void> {
  switch (promotion.state) {
    case "requested":
      return openPromotion(bot, repository, promotion);
    case "open":
      return judgePromotion(bot, repository, promotion);
    case "merged":
    case "published":
    case "publish-failed":
      return followPublication(bot, repository, promotion);
    case "declined":
    case "closed":
      return endPromotion(bot, repository, promotion);
  }
}
