import { validateWithElsewhere } from "../github/validate-with-elsewhere.ts";
import type { FetchedFiles } from "../streams/elsewhere/fetched-file.ts";
import type { GitFile } from "../streams/elsewhere/git-file.ts";
import {
  watchedPaths,
  type RepositoryFile,
  type StreamsRepository,
} from "../streams/repository.ts";
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

/** By repository: the files of others that it named last, which its next revision will mostly name too. */
const lastElsewhere = new Map<number, readonly GitFile[]>();

const nothingFetched: FetchedFiles = new Map();

/** A commit or tree of a repository, and the settings that hold for it. */
interface Revision {
  readonly repository: Repository;
  readonly treeish: string;
  readonly settings: StreamsSettings | undefined;
  readonly now: Date;
}

/**
 * What the repository says at a commit or tree. `settings` are those that hold, which for a pull request are the
 * default branch's and never its own. Pipelines of other repositories are left alone: only findings depend on them.
 */
export async function readStreams(
  bot: Bot,
  repository: Repository,
  treeish: string,
  settings?: StreamsSettings,
): Promise<StreamsRepository> {
  const revision = { repository, treeish, settings, now: startOfDay(bot.now()) };
  const known = parsed.get(keyOf(revision, nothingFetched));
  return known ?? read(revision, await readFiles(bot, revision), nothingFetched);
}

/** The same for its findings: pipelines and tasks of other repositories that the operator allows are verified too. */
export async function readVerifiedStreams(
  bot: Bot,
  repository: Repository,
  treeish: string,
  settings?: StreamsSettings,
): Promise<StreamsRepository> {
  const revision = { repository, treeish, settings, now: startOfDay(bot.now()) };
  const files = await readFiles(bot, revision);
  const verified = await validateWithElsewhere({
    validate: (fetched) => read(revision, files, fetched),
    read: (file) => bot.elsewhere.read(file),
    expected: lastElsewhere.get(repository.id) ?? [],
  });
  lastElsewhere.set(repository.id, verified.elsewhere);
  return verified;
}

async function readFiles(bot: Bot, { repository, treeish }: Revision) {
  const kept = keptFilesOf(repository.id);
  return await bot.mirrorOf(repository).readRepositoryFiles(treeish, watchedPaths, kept);
}

function read(
  revision: Revision,
  files: readonly RepositoryFile[],
  fetched: FetchedFiles,
): StreamsRepository {
  const key = keyOf(revision, fetched);
  const { now, settings } = revision;
  const streams =
    parsed.get(key) ??
    validateRepository(files, {
      now,
      elsewhere: fetched,
      ...(settings === undefined ? {} : { settings }),
    });
  keep(key, streams);
  return streams;
}

/** What was fetched never changes; why something was not may. */
function keyOf({ repository, treeish, settings, now }: Revision, fetched: FetchedFiles): string {
  const elsewhere = [...fetched]
    .map(([key, file]) => (file.kind === "content" ? key : `${key} ${file.reason}`))
    .sort();
  return JSON.stringify([repository.id, treeish, now, settings ?? null, elsewhere]);
}

function keep(key: string, streams: StreamsRepository): void {
  parsed.set(key, streams);
  let size = [...parsed.values()].reduce((sum, revision) => sum + revision.files.size, 0);
  for (const [oldest, revision] of parsed) {
    if (oldest === key || (parsed.size <= keptRevisions && size <= keptFiles)) break;
    parsed.delete(oldest);
    size -= revision.files.size;
  }
}
