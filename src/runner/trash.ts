import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, renameSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);
const waitMilliseconds = 1000;

/** Takes folders away at once, and removes many of them together: each on its own would take longer than its TaskRun. */
export interface Trash {
  discard(path: string): void;
  /** Settles when everything that was discarded is removed. */
  emptied(): Promise<void>;
  /** The same for the folder that the trash is in, with all that is in there. */
  parentRemoved(): Promise<void>;
}

async function remove(folder: string): Promise<void> {
  // Node removes file by file, and falls back here where there is no such program.
  await execute("rm", ["-rf", "--", folder]).catch(() =>
    rm(folder, { recursive: true, force: true }),
  );
}

/** A trash inside of a folder, which has to be on the file system of what is discarded. */
export function createTrash(parent: string): Trash {
  let batch: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  let removing: Promise<void> = Promise.resolve();

  const removeNext = (folder: string | undefined): Promise<void> => {
    clearTimeout(timer);
    batch = undefined;
    if (folder !== undefined) removing = removing.then(() => remove(folder));
    return removing;
  };
  const empty = (): Promise<void> => removeNext(batch);

  return {
    discard: (path) => {
      if (!existsSync(path)) return;
      if (batch === undefined) {
        batch = join(parent, `trash-${randomUUID()}`);
        mkdirSync(batch, { recursive: true, mode: 0o700 });
        timer = setTimeout(() => void empty(), waitMilliseconds);
      }
      renameSync(path, join(batch, randomUUID()));
    },
    emptied: empty,
    parentRemoved: () => removeNext(parent),
  };
}
