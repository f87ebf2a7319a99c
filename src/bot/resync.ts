import { listInstalledRepositories } from "../github/list-installed-repositories.ts";
import { redeliverFailed } from "../github/redeliver-failed.ts";
import { listPromotions, updatePromotion } from "../store/promotions.ts";
import { getRepository, listRepositories, saveRepository } from "../store/repositories.ts";
import type { Repository } from "../store/repository-record.ts";
import type { Bot } from "./bot.ts";
import { ensureProposalLabel } from "./proposals/ensure-proposal-label.ts";
import { followProposals } from "./proposals/follow-proposals.ts";
import { reviewOpenPullRequests } from "./reviews/review-open-pull-requests.ts";
import { stopStaleTrials } from "./trials/stop-stale-trials.ts";
import { trackStreams } from "./failures/track-stream.ts";
import { wantDownstream } from "./runs/want-downstream.ts";
import { wantScheduled } from "./runs/want-scheduled.ts";
import { syncRepository } from "./sync-repository.ts";

const mostPromotions = 1000;

/**
 * Does all that events would have asked for: finds the repositories, asks GitHub to send again what did not arrive,
 * and compares every repository, pull request, run and promotion. Gives the problems that remain, by repository.
 */
export async function resync(bot: Bot): Promise<readonly string[]> {
  const problems: string[] = [];
  const attempt = async (what: string, act: () => Promise<unknown>): Promise<void> => {
    try {
      await act();
    } catch (error) {
      bot.log.warn({ err: error, what }, "could not be compared");
      problems.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  await attempt("installations", () => findRepositories(bot));
  await attempt("deliveries", () => redeliverFailed(bot.gitHub.appOctokit, bot.now()));
  for (const repository of await listRepositories(bot.db)) {
    const name = `${repository.owner}/${repository.name}`;
    await attempt(name, () => compare(bot, repository));
  }
  await attempt("promotions", () => wakePromotions(bot));
  bot.wake();
  return problems;
}

async function findRepositories(bot: Bot): Promise<void> {
  for (const found of await listInstalledRepositories(bot.gitHub))
    await saveRepository(bot.db, found, bot.now());
}

async function compare(bot: Bot, repository: Repository): Promise<void> {
  await syncRepository(bot, repository);
  await stopStaleTrials(bot, repository);
  await wantDownstream(bot, repository);
  await trackStreams(bot, repository);
  await wantScheduled(bot, (await getRepository(bot.db, repository.id)) ?? repository);
  await reviewOpenPullRequests(bot, repository);
  await ensureProposalLabel(bot, repository);
  await followProposals(bot, repository);
}

async function wakePromotions(bot: Bot): Promise<void> {
  const now = bot.now();
  const pending = await listPromotions(
    bot.db,
    { states: ["requested", "open", "merged"] },
    mostPromotions,
  );
  for (const { id } of pending)
    await updatePromotion(bot.db, id, { dueAt: now.toISOString() }, now);
}
