import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, renameSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { searchPath } from "./isolation/types.ts";
import type { Starter } from "./processes/starter.ts";

/** Long enough that a short run does not wait for the file system while it removes. */
const waitMilliseconds = 1000;

/** Takes folders away at once, and removes many of them together: each on its own would take longer than its TaskRun. */
export interface Trash {
  discard(path: string): void;
  /** Settles when everything that was discarded is removed. */
  emptied(): Promise<void>;
  /** The same for the folder that the trash is in, with all that is in there. */
  parentRemoved(): Promise<void>;
}

async function remove(folder: string, starter: Starter): Promise<void> {
  const command = { argv: ["rm", "-rf", "--", folder], directory: "/" };
  const launch = { ...command, environment: { PATH: searchPath } };
  const started = await starter.start(launch, () => undefined);
  const code = started.ok ? await started.value.ended : undefined;
  // Node removes file by file, and falls back here where there is no such program.
  if (code !== 0) await rm(folder, { recursive: true, force: true });
}

/** A trash inside of a folder, which has to be on the file system of what is discarded. */
export function createTrash(parent: string, starter: Starter): Trash {
  let batch: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  let removing: Promise<void> = Promise.resolve();

  const removeNext = (folder: string | undefined): Promise<void> => {
    clearTimeout(timer);
    batch = undefined;
    if (folder !== undefined) removing = removing.then(() => remove(folder, starter));
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
