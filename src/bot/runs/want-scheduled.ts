import { isDeepStrictEqual } from "node:util";
import type { Repository } from "../../store/repository-record.ts";
import type { Run } from "../../store/run-record.ts";
import { listRuns } from "../../store/find-runs.ts";
import { lastInstant, type Schedule } from "../../streams/runs/next-instants.ts";
import type { Sourced, StreamsRepository } from "../../streams/repository.ts";
import type { Cause } from "../../streams/runs/run-request.ts";
import type { Stream } from "../../streams/types.ts";
import type { Bot } from "../bot.ts";
import { buildsOf, isActive } from "../builds-of.ts";
import { readDefaultBranch } from "../read-default-branch.ts";
import { readStreams } from "../read-streams.ts";
import { reportUnbuilt } from "./report-unbuilt.ts";
import { requestBuild } from "./request-build.ts";

/** Far more than one stream gets between two looks. */
const newestBuilds = 100;
/** Of two files since an instant. */
const mostCommits = 100;
const settingsPath = ".github/okd-streams.yml";

/**
 * Asks for the builds whose schedule came due. Missed instants collapse into the newest, and one instant never gives
 * two builds, because the instant is the run's cause.
 */
export async function wantScheduled(bot: Bot, repository: Repository): Promise<void> {
  if (repository.syncedCommit === null) return;
  // Two looks at once could see different commits, and then one instant would give two runs.
  await bot.lock.run(`schedules ${repository.id}`, async () => {
    const { head, streams } = await readDefaultBranch(bot, repository);
    for (const stream of buildsOf(streams)) {
      const schedule = stream.value.spec.triggers?.schedule;
      if (schedule === undefined) continue;
      const due = await dueInstant(bot, repository, { head, stream, schedule });
      if (due === undefined) continue;
      await requestScheduled(bot, repository, { head, streams, stream, due });
    }
  });
}

interface ScheduledStream {
  readonly head: string;
  readonly stream: Sourced<Stream>;
  readonly schedule: Schedule;
}

/** The newest instant that is due and has no run yet; none from before the schedule was there to be kept. */
async function dueInstant(
  bot: Bot,
  repository: Repository,
  scheduled: ScheduledStream,
): Promise<Date | undefined> {
  const { stream, schedule } = scheduled;
  const last = lastInstant(schedule, bot.now());
  const due = last.ok ? last.value : undefined;
  if (due === undefined || due.getTime() <= Date.parse(repository.seenAt)) return undefined;
  const builds = await listRuns(
    bot.db,
    { repositoryId: repository.id, kind: "build", stream: stream.value.metadata.name },
    newestBuilds,
  );
  if (builds.some((build) => isKept(due, build))) return undefined;
  return (await wasAskedFor(bot, repository, scheduled, due)) ? due : undefined;
}

/** A build of the instant, or one that followed a release after it while the instant's own had to wait for that. */
function isKept(instant: Date, { cause, requestedAt }: Run): boolean {
  if (cause === causeOf(instant)) return true;
  return cause.startsWith("upstream:") && Date.parse(requestedAt) >= instant.getTime();
}

/**
 * Whether the default branch asked for the instant when it came: with this schedule, for a stream that was built, and
 * not in report mode. What was done to the files since, and what else stands in them, does not matter.
 */
async function wasAskedFor(
  bot: Bot,
  repository: Repository,
  { head, stream, schedule }: ScheduledStream,
  due: Date,
): Promise<boolean> {
  const mirror = bot.mirrorOf(repository);
  const paths = [stream.path, settingsPath];
  let then: string | undefined = head;
  for (const commit of await mirror.firstParentCommits(head, paths, mostCommits)) {
    const { committedAt } = await mirror.commitInfo(commit);
    if (Date.parse(committedAt) < due.getTime()) break;
    then = await mirror.firstParentOf(commit);
  }
  if (then === head) return true;
  if (then === undefined) return false;
  const { settings, streams } = await readStreams(bot, repository, then);
  const former = streams.get(stream.value.metadata.name)?.value;
  if (former === undefined || settings.mode === "report" || !isActive(former)) return false;
  return isDeepStrictEqual(former.spec.triggers?.schedule, schedule);
}

async function requestScheduled(
  bot: Bot,
  repository: Repository,
  due: {
    readonly head: string;
    readonly streams: StreamsRepository;
    readonly stream: Sourced<Stream>;
    readonly due: Date;
  },
): Promise<void> {
  const stream = due.stream.value;
  const requested = await requestBuild(bot, repository, {
    streams: due.streams,
    stream,
    cause: causeOf(due.due),
    commit: due.head,
  });
  if (requested.ok) bot.wake();
  else
    await reportUnbuilt(bot, repository, { stream, commit: due.head, problem: requested.problem });
}

function causeOf(instant: Date): Cause {
  return `schedule:${instant.toISOString()}`;
}
