import { existsSync, readdirSync, watch } from "node:fs";
import type { FSWatcher } from "node:fs";
import { dirname, join } from "node:path";
import { ProblemError } from "../problem.ts";
import { watchedPaths } from "../streams/repository.ts";

/** Editors write a file in several steps, and git many files at once. */
const quietMs = 100;

const clearScreen = "\u001b[2J\u001b[3J\u001b[H";

/**
 * Calls `look` now, and again whenever something below these folders changed, until the signal is aborted. A problem is
 * told, and the next change is waited for. Of a streams repository only what belongs to it is watched.
 */
export async function watchRoots(
  roots: readonly string[],
  look: () => Promise<unknown>,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    // Before it looks, so that what changes meanwhile is seen the next time.
    const changed = nextChange(roots, signal);
    await tell(look);
    if (!(await changed)) return;
  }
}

async function tell(look: () => Promise<unknown>): Promise<void> {
  if (process.stdout.isTTY) process.stdout.write(clearScreen);
  try {
    await look();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    process.stderr.write(`okd-streams: ${error.message}\n`);
  }
  const time = new Date().toTimeString().slice(0, 8);
  process.stderr.write(`${time} Waiting for changes; Ctrl-C ends this.\n`);
}

/** True once something changed and is quiet again, false where the signal is aborted first. */
function nextChange(roots: readonly string[], signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    let quiet: NodeJS.Timeout | undefined;
    const watchers = foldersBelow(roots).flatMap((folder) => openWatcher(folder, change));
    const end = (changed: boolean): void => {
      clearTimeout(quiet);
      signal.removeEventListener("abort", abort);
      for (const watcher of watchers) watcher.close();
      resolve(changed);
    };
    const abort = (): void => end(false);
    function change(): void {
      clearTimeout(quiet);
      quiet = setTimeout(() => end(true), quietMs);
    }
    if (signal.aborted) end(false);
    else signal.addEventListener("abort", abort);
  });
}

interface WatchedFolder {
  readonly path: string;
  /** Whether an entry of that name matters. */
  readonly matters: (name: string) => boolean;
}

/** One for each folder: a recursive one of Node's misses what is written into a folder right after it is made. */
function openWatcher({ path, matters }: WatchedFolder, change: () => void): FSWatcher[] {
  try {
    const watcher = watch(path, (_event, name) => {
      if (name === null || matters(name)) change();
    });
    return [watcher.on("error", change)];
  } catch (error) {
    // Gone since it was listed, which the folder above tells.
    if (!existsSync(path)) return [];
    throw new ProblemError(
      {
        kind: "unavailable",
        where: path,
        what: "The system watches no more folders.",
        next: "On Linux raise fs.inotify.max_user_watches and fs.inotify.max_user_instances.",
      },
      { cause: error },
    );
  }
}

function foldersBelow(roots: readonly string[]): WatchedFolder[] {
  return roots.flatMap((root) => {
    const parts = watchedPaths.filter((path) => existsSync(join(root, path)));
    return parts.length === 0 ? allFolders(root) : foldersOfRepository(root);
  });
}

/** Also the folders around what is watched, for it may come later. */
function foldersOfRepository(root: string): WatchedFolder[] {
  const tops = new Set(watchedPaths.map((path) => path.split("/")[0]));
  return [
    { path: root, matters: (name) => tops.has(name) },
    ...watchedPaths.flatMap((path) => {
      const full = join(root, path);
      if (!path.includes("/")) return existsSync(full) ? allFolders(full) : [];
      const folder = { path: dirname(full), matters: (name: string) => path.endsWith(`/${name}`) };
      return existsSync(folder.path) ? [folder] : [];
    }),
  ];
}

const neverRead = new Set([".git", "node_modules"]);

function allFolders(path: string): WatchedFolder[] {
  const below = readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !neverRead.has(entry.name))
    .flatMap((entry) => allFolders(join(path, entry.name)));
  return [{ path, matters: (name) => !neverRead.has(name) }, ...below];
}
