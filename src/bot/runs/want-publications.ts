import type { Repository } from "../../store/repository-record.ts";
import type { StreamsRepository } from "../../streams/repository.ts";
import type { Channel, ChannelRelease } from "../../streams/types.ts";
import type { Bot } from "../bot.ts";
import { promotionDigest } from "../promotions/promotion-digest.ts";
import { readStreams } from "../read-streams.ts";
import { requestRun } from "./request-run.ts";

export interface BranchChange {
  readonly streams: StreamsRepository;
  readonly baseline: string;
  readonly head: string;
}

/** Asks for the publication of every channel whose release.yaml moved after the baseline. */
export async function wantPublications(
  bot: Bot,
  repository: Repository,
  change: BranchChange,
): Promise<void> {
  for (const [name, { path, value: wanted }] of change.streams.channelReleases) {
    const channel = change.streams.channels.get(name)?.value;
    if (channel?.spec.publish === undefined) continue;
    const commit = await findMove(bot, repository, change, path);
    if (commit !== undefined)
      await wantPublication(bot, repository, change.streams, { channel, wanted, commit });
  }
}

/** The newest commit after the baseline that changed the pointer. */
async function findMove(
  bot: Bot,
  repository: Repository,
  change: BranchChange,
  path: string,
): Promise<string | undefined> {
  const mirror = bot.mirrorOf(repository);
  const [commit] = await mirror.firstParentCommits(change.head, [path], 1);
  if (commit === undefined || (await mirror.isAncestor(commit, change.baseline))) return undefined;
  return commit;
}

interface Move {
  readonly channel: Channel;
  readonly wanted: ChannelRelease;
  readonly commit: string;
}

async function wantPublication(
  bot: Bot,
  repository: Repository,
  streams: StreamsRepository,
  { channel, wanted, commit }: Move,
): Promise<void> {
  const { publish } = channel.spec;
  const stream =
    streams.streams.get(wanted.spec.stream)?.value ??
    (await readStreams(bot, repository, commit)).streams.get(wanted.spec.stream)?.value;
  if (publish === undefined || stream === undefined) {
    bot.log.warn(
      { channel: channel.metadata.name },
      "a channel names a stream that does not exist",
    );
    return;
  }
  const requested = await requestRun(bot, repository, {
    kind: "publish",
    subject: channel.metadata.name,
    stream,
    use: publish,
    cluster: publish.cluster,
    inputDigest: promotionDigest(wanted),
    cause: `promotion:${commit}`,
    attempt: 1,
    commit,
    values: {
      release: {
        name: wanted.spec.name,
        pullSpec: wanted.spec.pullSpec,
        digest: wanted.spec.digest,
      },
      channel: { name: channel.metadata.name },
    },
  });
  if (!requested.ok)
    bot.log.warn(
      { channel: channel.metadata.name, problem: requested.problem },
      "a channel cannot be published",
    );
}
