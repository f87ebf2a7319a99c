import type { Result } from "../../problem.ts";
import type { Repository } from "../../store/repository-record.ts";
import { inputDigest } from "../../streams/plan/input-digest.ts";
import type { StreamsRepository } from "../../streams/repository.ts";
import type { Stream } from "../../streams/types.ts";
import type { Bot } from "../bot.ts";
import { requestRun, type WantedRun } from "./request-run.ts";

export interface WantedBuild extends Pick<
  WantedRun,
  "cause" | "commit" | "pullNumber" | "requestedBy"
> {
  readonly streams: StreamsRepository;
  readonly stream: Stream;
  readonly values?: WantedRun["values"];
}

/** Asks for the first attempt of a build of a stream, as these streams have it. */
export function requestBuild(
  bot: Bot,
  repository: Repository,
  { streams, stream, values = {}, ...wanted }: WantedBuild,
): Promise<Result<{ readonly id: string; readonly isNew: boolean }>> {
  const { build } = stream.spec;
  const { name } = stream.metadata;
  return requestRun(bot, repository, {
    ...wanted,
    kind: "build",
    subject: name,
    stream,
    use: build,
    cluster: build.cluster,
    inputDigest: inputDigest(streams, name),
    attempt: 1,
    values,
  });
}
