import { listPromotions, updatePromotion } from "../../store/promotions.ts";
import type { Promotion } from "../../store/promotion-record.ts";
import type { Repository } from "../../store/repository-record.ts";
import type { Run } from "../../store/run-record.ts";
import type { Bot } from "../bot.ts";

const mostOpen = 100;

/** Makes the newest merged promotion of the channel due that this publish run publishes. */
export async function wakePromotionOf(bot: Bot, run: Run): Promise<void> {
  const { repositoryId, subject: channel, commit: mergeCommit } = run;
  await wakeEach(bot, await listPromotions(bot.db, { repositoryId, channel, mergeCommit }, 1));
}

/** Makes the promotion due whose pull request this is; any other pull request is left alone. */
export async function wakePromotionOfPullRequest(
  bot: Bot,
  repository: Repository,
  pullNumber: number,
): Promise<void> {
  await wakeEach(bot, await listPromotions(bot.db, { repositoryId: repository.id, pullNumber }, 1));
}

/** Makes every open promotion due, as what decides about them may have changed: policy, releases, settings. */
export async function wakeOpenPromotions(bot: Bot, { id }: Pick<Repository, "id">): Promise<void> {
  const open = await listPromotions(bot.db, { repositoryId: id, states: ["open"] }, mostOpen);
  await wakeEach(bot, open);
  bot.wake();
}

async function wakeEach(bot: Bot, promotions: readonly Promotion[]): Promise<void> {
  const now = bot.now();
  for (const { id } of promotions)
    await updatePromotion(bot.db, id, { dueAt: now.toISOString() }, now);
  if (promotions.length > 0) bot.wake();
}
