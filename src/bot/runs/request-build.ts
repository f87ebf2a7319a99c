import type { Result } from "../../problem.ts";
import type { Repository } from "../../store/repository-record.ts";
import { inputDigest } from "../../streams/plan/input-digest.ts";
import type { StreamsRepository } from "../../streams/repository.ts";
import type { Stream } from "../../streams/types.ts";
import type { Bot } from "../bot.ts";
import { requestRun, type WantedRun } from "./request-run.ts";
import { checkUpstreams, upstreamReleases } from "./upstream-releases.ts";

export interface WantedBuild extends Pick<
  WantedRun,
  "cause" | "commit" | "pullNumber" | "requestedBy"
> {
  readonly streams: StreamsRepository;
  readonly stream: Stream;
}

/**
 * Asks for the first attempt of a build of a stream, as these streams have it, on the newest Accepted releases of the
 * streams that it follows. The problem says what it lacks to be built.
 */
export async function requestBuild(
  bot: Bot,
  repository: Repository,
  { streams, stream, ...wanted }: WantedBuild,
): Promise<Result<{ readonly id: string; readonly isNew: boolean }>> {
  const { build } = stream.spec;
  const { name } = stream.metadata;
  const releases = await upstreamReleases(bot, repository, stream);
  const complete = checkUpstreams(stream, releases);
  if (!complete.ok) return complete;
  return requestRun(bot, repository, {
    ...wanted,
    kind: "build",
    subject: name,
    stream,
    use: build,
    cluster: build.cluster,
    inputDigest: inputDigest(streams, name),
    attempt: 1,
    values: releases.size === 0 ? {} : { upstream: Object.fromEntries(releases) },
  });
}
