import { watchedPaths, type StreamsRepository } from "../streams/repository.ts";
import { validateRepository } from "../streams/validate-repository.ts";
import type { StreamsSettings } from "../streams/types.ts";
import type { Repository } from "../store/repository-record.ts";
import type { Bot } from "./bot.ts";

/** How many revisions are kept parsed: those of the default branch and of a few open pull requests. */
const keptRevisions = 64;

const parsed = new Map<string, StreamsRepository>();

/**
 * What the repository says at a commit or tree. `settings` are those that hold, which for a pull request are the
 * default branch's and never its own.
 */
export async function readStreams(
  bot: Bot,
  repository: Repository,
  treeish: string,
  settings?: StreamsSettings,
): Promise<StreamsRepository> {
  // Findings may depend on the clock by the day: a cron's next instant, an end of life.
  const today = bot.now().toISOString().slice(0, 10);
  const key = `${repository.id} ${treeish} ${today} ${JSON.stringify(settings ?? null)}`;
  const known = parsed.get(key);
  if (known !== undefined) return known;
  const files = await bot.mirrorOf(repository).readRepositoryFiles(treeish, watchedPaths);
  const read = validateRepository(files, {
    now: bot.now(),
    ...(settings === undefined ? {} : { settings }),
  });
  parsed.set(key, read);
  for (const oldest of parsed.keys()) {
    if (parsed.size <= keptRevisions) break;
    parsed.delete(oldest);
  }
  return read;
}
