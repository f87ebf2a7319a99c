import { randomUUID } from "node:crypto";
import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pRetry from "p-retry";
import { ProblemError } from "../problem.ts";
import type { SharedLocks } from "../store/shared-locks.ts";

const idFile = "okd-streams-folder";
/** A replica that this one replaces may still be ending. */
const defaultPatience = { retries: 30, pauseMs: 1000 };

/**
 * Keeps the folder with the git mirrors for this replica: git's locks are cleared away when a mirror is opened, so that
 * two would break each other's. Throws a ProblemError where another one keeps it.
 */
export async function claimFolder(
  locks: SharedLocks,
  directory: string,
  patience = defaultPatience,
): Promise<void> {
  const key = `folder ${idOf(directory)}`;
  const claim = async (): Promise<void> => {
    if (await locks.tryTake(key)) return;
    throw new ProblemError({
      kind: "conflict",
      where: directory,
      what: "Another replica of the bot works in this folder.",
      next: "Give each replica a dataDirectory of its own.",
    });
  };
  const { retries, pauseMs: minTimeout } = patience;
  await pRetry(claim, { retries, minTimeout, factor: 1 });
}

/** The folder's own name, the same under whatever path and on whatever machine it is seen. */
function idOf(directory: string): string {
  const file = join(directory, idFile);
  const mine = `${file}.${randomUUID()}`;
  writeFileSync(mine, randomUUID());
  try {
    // Unlike writing, this is done wholly or not at all.
    linkSync(mine, file);
  } catch {
    // It has its name already, or reading it says what is wrong.
  }
  rmSync(mine, { force: true });
  return readFileSync(file, "utf8");
}
