import type { Repository } from "../store/repository-record.ts";
import { listRuns } from "../store/runs.ts";
import { inputDigest } from "../streams/input-digest.ts";
import { lastInstant, type Schedule } from "../streams/next-instants.ts";
import type { Sourced, StreamsRepository } from "../streams/repository.ts";
import type { Cause } from "../streams/run-request.ts";
import type { Stream } from "../streams/types.ts";
import type { Bot } from "./bot.ts";
import { buildsOf } from "./builds-of.ts";
import { readDefaultBranch } from "./read-default-branch.ts";
import { requestRun } from "./request-run.ts";

/**
 * Asks for the builds whose schedule came due. Missed instants collapse into the newest, and one instant never gives
 * two builds, because the instant is the run's cause.
 */
export async function wantScheduled(bot: Bot, repository: Repository): Promise<void> {
  if (repository.syncedCommit === null) return;
  const { head, streams } = await readDefaultBranch(bot, repository);
  for (const stream of buildsOf(streams)) {
    const schedule = stream.value.spec.triggers?.schedule;
    if (schedule === undefined) continue;
    const due = await dueInstant(bot, repository, { head, stream, schedule });
    if (due !== undefined) await requestScheduled(bot, repository, { head, streams, stream, due });
  }
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
  { head, stream, schedule }: ScheduledStream,
): Promise<Date | undefined> {
  const last = lastInstant(schedule, bot.now());
  if (!last.ok || last.value === undefined) return undefined;
  if (last.value.getTime() <= Date.parse(repository.seenAt)) return undefined;
  const [known] = await listRuns(
    bot.db,
    {
      repositoryId: repository.id,
      subject: stream.value.metadata.name,
      cause: causeOf(last.value),
    },
    1,
  );
  if (known !== undefined) return undefined;
  const mirror = bot.mirrorOf(repository);
  const [newest] = await mirror.firstParentCommits(head, [stream.path], 1);
  if (newest === undefined) return undefined;
  const { committedAt } = await mirror.commitInfo(newest);
  return last.value.getTime() > Date.parse(committedAt) ? last.value : undefined;
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
  const requested = await requestRun(bot, repository, {
    kind: "build",
    subject: stream.metadata.name,
    stream,
    use: stream.spec.build,
    cluster: stream.spec.build.cluster,
    inputDigest: inputDigest(due.streams, stream.metadata.name),
    cause: causeOf(due.due),
    attempt: 1,
    commit: due.head,
    values: {},
  });
  if (!requested.ok)
    bot.log.warn(
      { stream: stream.metadata.name, problem: requested.problem },
      "a scheduled build cannot be asked for",
    );
  bot.wake();
}

function causeOf(instant: Date): Cause {
  return `schedule:${instant.toISOString()}`;
}
