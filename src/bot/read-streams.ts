import { watchedPaths, type StreamsRepository } from "../streams/repository.ts";
import { validateRepository } from "../streams/validate-repository.ts";
import type { StreamsSettings } from "../streams/types.ts";
import { startOfDay } from "../streams/start-of-day.ts";
import type { Repository } from "../store/repository-record.ts";
import type { Bot } from "./bot.ts";
import { keptFilesOf } from "./keep-files.ts";

/** How many revisions are kept parsed, those of the default branch and of a few open pull requests; fewer of large repositories. */
const keptRevisions = 64;
const keptFiles = 50_000;

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
  const now = startOfDay(bot.now());
  const key = `${repository.id} ${treeish} ${now.toISOString()} ${JSON.stringify(settings ?? null)}`;
  const known = parsed.get(key);
  if (known !== undefined) return known;
  const mirror = bot.mirrorOf(repository);
  const kept = keptFilesOf(repository.id);
  const files = await mirror.readRepositoryFiles(treeish, watchedPaths, kept);
  const read = validateRepository(files, {
    now,
    ...(settings === undefined ? {} : { settings }),
  });
  parsed.set(key, read);
  let size = [...parsed.values()].reduce((sum, revision) => sum + revision.files.size, 0);
  for (const [oldest, revision] of parsed) {
    if (oldest === key || (parsed.size <= keptRevisions && size <= keptFiles)) break;
    parsed.delete(oldest);
    size -= revision.files.size;
  }
  return read;
}
