import { createHash } from "node:crypto";
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import PQueue from "p-queue";
import type { Problem } from "../problem.ts";
import type { FetchedFile } from "../streams/elsewhere/fetched-file.ts";
import { describeGitFile, gitFileKey, type GitFile } from "../streams/elsewhere/git-file.ts";
import { fetchCommit } from "./fetch-commit.ts";
import { isAllowedRepository } from "./is-allowed-repository.ts";
import { readFileOf } from "./read-file-of.ts";
import { remember } from "./remember.ts";

/** Repositories of others, in which pipelines and tasks may stand. */
export interface Elsewhere {
  /** Whether the repository of this URL may be used at all. */
  allows(url: string): boolean;
  /** What became of a file. A commit is fetched once, and one that failed is not tried again for a while. */
  read(file: GitFile): Promise<FetchedFile>;
}

export interface ElsewhereOptions {
  /** Holds the commits that were fetched; safe to delete. */
  readonly directory: string;
  /** Repositories, or beginnings of their URLs, that may be fetched; all where not given. */
  readonly repositories?: readonly string[];
  /** Protocols that git may speak; https where not given. */
  readonly protocols?: readonly string[];
  /** How long one commit may take. */
  readonly timeoutMs?: number;
  /** How much room on the disk one commit may take. */
  readonly maximumBytes?: number;
  /** How long a failure is remembered. */
  readonly retryMs?: number;
  /** How many commits are kept on the disk. */
  readonly keptCommits?: number;
  readonly now?: () => number;
}

const defaults = {
  protocols: ["https"],
  timeoutMs: 20_000,
  maximumBytes: 64 * 1024 * 1024,
  retryMs: 5 * 60_000,
  keptCommits: 100,
  now: Date.now,
};

/** How many answers are kept in memory. */
const limit = 1000;

/** The repositories of others, as far as the options allow them. */
export function openElsewhere(options: ElsewhereOptions): Elsewhere {
  const { directory, repositories, retryMs, keptCommits, now, ...limits } = {
    ...defaults,
    ...options,
  };
  const allows = (url: string) =>
    repositories === undefined || isAllowedRepository(url, repositories);
  // A review may name many; more at once would only share one line.
  const fetches = new PQueue({ concurrency: 4 });

  const openCommit = remember(
    async ({ url, revision }: GitFile) =>
      await fetches.add(
        async () => {
          await removeOldest(directory, keptCommits);
          const name = `${createHash("sha256").update(url).digest("hex").slice(0, 16)}-${revision}`;
          return await fetchCommit({ ...limits, url, revision, directory: join(directory, name) });
        },
        { throwOnTimeout: true },
      ),
    {
      keyOf: ({ url, revision }) => `${url}@${revision}`,
      // The folder itself remembers what was fetched, until somebody deletes it.
      lifeOf: (result) => (result.ok ? 0 : retryMs),
      limit,
      now,
    },
  );

  const read = async (file: GitFile): Promise<FetchedFile> => {
    if (!allows(file.url)) return notAllowed(file);
    const commit = await openCommit(file);
    return commit.ok ? await readFileOf(commit.value, file) : notFetched(file, commit.problem);
  };

  return {
    allows,
    read: remember(read, {
      keyOf: gitFileKey,
      lifeOf: ({ kind }) => (kind === "unknown" ? retryMs : Number.POSITIVE_INFINITY),
      limit,
      now,
    }),
  };
}

function notAllowed({ url }: GitFile): FetchedFile {
  return {
    kind: "unknown",
    reason: `${url} is none of the repositories that this bot may fetch.`,
    help: "The bot's operator adds it to `pipelineRepositories` in the server file.",
  };
}

function notFetched(file: GitFile, { what }: Problem): FetchedFile {
  // git says the most in its last line.
  const reason = what.trim().split("\n").at(-1) ?? what;
  return {
    kind: "unknown",
    reason: `${describeGitFile(file)} cannot be fetched: ${reason.replace(/\.?$/, ".")}`,
    help: "Check the address and the commit; if they are right, validate again later.",
  };
}

/** Leaves room for one more commit. */
async function removeOldest(directory: string, kept: number): Promise<void> {
  const names = await readdir(directory).catch(() => []);
  if (names.length < kept) return;
  const ages = await Promise.all(
    names.map(async (name) => {
      const place = join(directory, name);
      return {
        place,
        madeAt: await stat(place).then(
          ({ mtimeMs }) => mtimeMs,
          () => 0,
        ),
      };
    }),
  );
  const oldest = ages.sort((a, b) => b.madeAt - a.madeAt).slice(kept - 1);
  await Promise.all(oldest.map(({ place }) => rm(place, { recursive: true, force: true })));
}
