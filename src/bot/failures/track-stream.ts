import { closeIssue, ensureIssue } from "../../github/ensure-issue.ts";
import { findReleaseOfRun } from "../../store/releases.ts";
import type { Repository } from "../../store/repository-record.ts";
import { listRuns } from "../../store/find-runs.ts";
import {
  getTrackingIssue,
  listTrackingIssues,
  removeTrackingIssue,
  saveTrackingIssue,
} from "../../store/tracking-issues.ts";
import type { Bot } from "../bot.ts";
import { isActive } from "../builds-of.ts";
import { readDefaultBranch } from "../read-default-branch.ts";
import { clientFor } from "../report.ts";
import { recoveredBy, renderFailure, renderRecovery } from "./render-failure.ts";
import { streamHealth, type StreamHealth } from "./stream-health.ts";

const mostBuilds = 50;

/**
 * Keeps the one issue of a stream that fails where no pull request tells of it: opens it, brings it up to date, and
 * closes it when the stream is well again or nobody builds it any more. Computed from the builds that are there;
 * `ended` is the run whose end was carried out just now.
 */
export async function trackStream(
  bot: Bot,
  repository: Repository,
  name: string,
  ended?: string,
): Promise<void> {
  await bot.lock.run(`tracking ${repository.id} ${name}`, async () => {
    const known = await getTrackingIssue(bot.db, repository.id, name);
    const { streams } = (await readDefaultBranch(bot, repository)).streams;
    const stream = streams.get(name)?.value;
    if (stream === undefined || !isActive(stream)) {
      if (known !== undefined)
        await close(
          bot,
          repository,
          name,
          "Nothing builds it any more: it was paused, retired or removed.",
        );
      return;
    }
    const health = await healthOf(bot, repository, name, ended);
    if (health.is === "unknown") return;
    if (health.is === "well") {
      if (known !== undefined)
        await close(bot, repository, name, recoveredBy(health.latest, bot.publicUrl));
      return;
    }
    // Of a failure that a pull request shows, its people know.
    if (known === undefined && health.latest.run.pullNumber !== null) return;
    await say(bot, repository, name, renderFailure(health, { stream, publicUrl: bot.publicUrl }));
  });
}

/** The same for every stream of a repository that has such an issue, for events that were lost. */
export async function trackStreams(bot: Bot, repository: Repository): Promise<void> {
  for (const { stream } of await listTrackingIssues(bot.db, repository.id))
    await trackStream(bot, repository, stream);
}

async function healthOf(
  bot: Bot,
  { id }: Repository,
  stream: string,
  ended: string | undefined,
): Promise<StreamHealth> {
  const runs = await listRuns(bot.db, { repositoryId: id, kind: "build", stream }, mostBuilds);
  return streamHealth(
    await Promise.all(
      runs.map(async (run) => ({
        run: { ...run, settled: run.settled || run.id === ended },
        release: await findReleaseOfRun(bot.db, run.id),
      })),
    ),
  );
}

async function say(bot: Bot, repository: Repository, stream: string, body: string) {
  const known = await getTrackingIssue(bot.db, repository.id, stream);
  const { number, hash } = await ensureIssue(clientFor(bot, repository), {
    purpose: `failing:${stream}`,
    title: `Stream ${stream} fails`,
    body,
    ...(known && { known: { number: known.number, hash: known.bodyHash } }),
  });
  await saveTrackingIssue(bot.db, { repositoryId: repository.id, stream, number, bodyHash: hash });
  return number;
}

/** What is closed is forgotten last, so that a crash before it does all of it again. */
async function close(bot: Bot, repository: Repository, stream: string, why: string): Promise<void> {
  const number = await say(bot, repository, stream, renderRecovery(stream, why));
  await closeIssue(clientFor(bot, repository), number);
  await removeTrackingIssue(bot.db, repository.id, stream);
}
