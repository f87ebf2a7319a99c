import type { FetchedFile, FetchedFiles } from "../streams/elsewhere/fetched-file.ts";
import { gitFileKey, type GitFile } from "../streams/elsewhere/git-file.ts";
import type { StreamsRepository } from "../streams/repository.ts";
import type { Elsewhere } from "./open-elsewhere.ts";

export interface ValidateWithElsewhere {
  readonly validate: (fetched: FetchedFiles) => StreamsRepository;
  readonly read: Elsewhere["read"];
  /** Files that are likely named, so that nothing has to be validated twice for them. */
  readonly expected?: readonly GitFile[];
  /** How long all files together may take; those that come later are there the next time. */
  readonly waitMs?: number;
}

/** No repository needs as many; each may be a repository of its own to fetch. */
const maximumFiles = 200;
const defaultWaitMs = 30_000;

/** Validates a repository with the files of others that it names: its pipelines first, then the tasks of these. */
export async function validateWithElsewhere({
  validate,
  read,
  expected = [],
  waitMs = defaultWaitMs,
}: ValidateWithElsewhere): Promise<StreamsRepository> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<FetchedFile>((resolve) => {
    timer = setTimeout(() => resolve(tooLate), waitMs);
  });
  const fetched = new Map<string, FetchedFile>();
  const readAll = async (files: readonly GitFile[]) => {
    const room = maximumFiles - fetched.size;
    const answers = files.map(async (file, index) => {
      const answer = index < room ? await Promise.race([read(file), late]) : tooMany;
      return [gitFileKey(file), answer] as const;
    });
    for (const [key, answer] of await Promise.all(answers)) fetched.set(key, answer);
  };
  try {
    await readAll(expected);
    for (;;) {
      const repository = validate(new Map(fetched));
      const missing = repository.elsewhere.filter((file) => !fetched.has(gitFileKey(file)));
      if (missing.length === 0) return repository;
      await readAll(missing);
    }
  } finally {
    clearTimeout(timer);
  }
}

const tooLate: FetchedFile = {
  kind: "unknown",
  reason: "It did not come in time.",
  help: "Validate again: what was fetched meanwhile is there.",
};

const tooMany: FetchedFile = {
  kind: "unknown",
  reason: `More than ${maximumFiles} files of other repositories are named, which is more than are fetched.`,
  help: "Name fewer, or bring them into this repository.",
};
