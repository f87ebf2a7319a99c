import { findPullRequestsOfCommit } from "../github/pull-requests.ts";
import { getRepository, setBaseline, setSyncedCommit } from "../store/repositories.ts";
import type { Repository } from "../store/repository-record.ts";
import type { StreamsRepository } from "../streams/repository.ts";
import type { Bot } from "./bot.ts";
import { isActive, mayRun } from "./builds-of.ts";
import { findMergeCauses, type MergeCause } from "./runs/find-merge-causes.ts";
import { readStreams } from "./read-streams.ts";
import { clientFor } from "./report.ts";
import { reportUnbuilt } from "./runs/report-unbuilt.ts";
import { requestBuild } from "./runs/request-build.ts";
import { wakeOpenPromotions } from "./promotions/wake-promotion.ts";
import { wantDownstream } from "./runs/want-downstream.ts";
import { wantPublications } from "./runs/want-publications.ts";

/**
 * Compares the default branch with what was asked for, and asks for what is missing: the builds of streams whose
 * inputs changed, and the publication of channels that moved. Where the bot sees a repository for the first time,
 * what stands there counts as built.
 */
export async function syncRepository(bot: Bot, { id }: Pick<Repository, "id">): Promise<void> {
  await bot.lock.run(`sync ${id}`, async () => {
    // Another event may have synced it while this one waited.
    const repository = await getRepository(bot.db, id);
    if (repository === undefined) return;
    const mirror = bot.mirrorOf(repository);
    await mirror.fetch();
    const head = await mirror.resolve(repository.defaultBranch);
    if (head === undefined || head === repository.syncedCommit) return;
    const baseline = repository.syncedCommit ?? (await setBaseline(bot.db, repository.id, head));
    const streams = await readStreams(bot, repository, head);
    // What is merged during a pause is built after it.
    if (streams.settings.pause === true) return;
    if (mayRun(streams)) {
      const read = (commit: string): Promise<StreamsRepository> =>
        readStreams(bot, repository, commit);
      const causes = await findMergeCauses(mirror, read, baseline, head);
      for (const cause of causes) await wantMerged(bot, repository, streams, cause);
      await wantPublications(bot, repository, { streams, baseline, head });
    }
    await setSyncedCommit(bot.db, repository.id, head, bot.now());
    // After the merges, whose builds are made on the same releases. A pause may have ended.
    await wantDownstream(bot, repository);
    // Their policy may have changed.
    await wakeOpenPromotions(bot, repository);
  });
}

async function wantMerged(
  bot: Bot,
  repository: Repository,
  streams: StreamsRepository,
  cause: MergeCause,
): Promise<void> {
  const stream = streams.streams.get(cause.stream)?.value;
  if (stream === undefined || stream.spec.triggers?.merge === false) return;
  if (!isActive(stream)) return;
  const { commit } = cause;
  const pullNumber = await findPullNumber(bot, repository, commit);
  const about = { streams, stream, commit, ...(pullNumber !== undefined && { pullNumber }) };
  const requested = await requestBuild(bot, repository, { ...about, cause: `merge:${commit}` });
  if (!requested.ok) await reportUnbuilt(bot, repository, { ...about, problem: requested.problem });
}

async function findPullNumber(
  bot: Bot,
  repository: Repository,
  commit: string,
): Promise<number | undefined> {
  const pulls = await findPullRequestsOfCommit(clientFor(bot, repository), commit);
  return pulls.find((pull) => pull.merged)?.number;
}
