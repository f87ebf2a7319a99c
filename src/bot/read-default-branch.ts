import { ProblemError } from "../problem.ts";
import type { Repository } from "../store/repository-record.ts";
import type { StreamsRepository } from "../streams/repository.ts";
import type { Bot } from "./bot.ts";
import { readStreams } from "./read-streams.ts";

export interface DefaultBranch {
  /** Full commit. */
  readonly head: string;
  readonly streams: StreamsRepository;
}

/** What the default branch says as of the last fetch; `fetch` asks GitHub first. */
export async function readDefaultBranch(
  bot: Bot,
  repository: Repository,
  options: { readonly fetch: boolean } = { fetch: false },
): Promise<DefaultBranch> {
  const mirror = bot.mirrorOf(repository);
  if (options.fetch) await mirror.fetch();
  const head = await mirror.resolve(repository.defaultBranch);
  if (head === undefined) {
    throw new ProblemError({
      kind: "not-found",
      where: `${repository.owner}/${repository.name}`,
      what: `The default branch ${repository.defaultBranch} is not there.`,
      next: "An empty repository needs a first commit.",
    });
  }
  return { head, streams: await readStreams(bot, repository, head) };
}
