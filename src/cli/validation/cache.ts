import { createHash, randomUUID } from "node:crypto";
import {
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { makeFolder } from "../../make-folder.ts";

/** Texts by the digest of everything that they were made from. Safe to delete at any time. */
export interface Cache {
  /** Undefined where nothing is kept, or where what is kept is not whole. */
  get(key: string): string | undefined;
  put(key: string, text: string): void;
  /** Removes what was used longest ago, where there is too much. */
  trim(): void;
}

interface CacheOptions {
  readonly folder: string;
  /** Of what makes the texts; one version knows nothing of what another has kept. */
  readonly version: string;
  /** Bytes, of all versions together. */
  readonly limit?: number;
}

/** For those who want none. */
export const noCache: Cache = { get: () => undefined, put: () => undefined, trim: () => undefined };

const maximumBytes = 256 * 1024 * 1024;
const digestLength = 64;
const suffix = ".cached";

/**
 * A cache in a folder. Files appear whole under their names, each begins with the digest of its text, and whatever goes
 * wrong with the folder only means that nothing is remembered: several processes may use it at once.
 */
export function openCache({ folder, version, limit = maximumBytes }: CacheOptions): Cache {
  const pathOf = (key: string) => join(folder, `${sha256(`${version} ${key}`)}${suffix}`);
  let written = false;
  return {
    get: (key) => attempt(() => readWhole(pathOf(key))),
    put: (key, text) => {
      written = true;
      attempt(() => writeWhole(folder, pathOf(key), text));
    },
    trim: () => {
      if (written) attempt(() => trimFolder(folder, limit));
    },
  };
}

function readWhole(path: string): string | undefined {
  const kept = readFileSync(path, "utf8");
  const text = kept.slice(digestLength);
  if (sha256(text) !== kept.slice(0, digestLength)) return undefined;
  const now = new Date();
  utimesSync(path, now, now);
  return text;
}

function writeWhole(folder: string, path: string, text: string): void {
  makeFolder(folder, 0o700);
  const draft = join(folder, `${randomUUID()}.draft`);
  try {
    writeFileSync(draft, `${sha256(text)}${text}`, { mode: 0o600 });
    renameSync(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Down to half, so that not every run has to. A draft that a killed process left is the oldest before long. */
function trimFolder(folder: string, limit: number): void {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(suffix) || name.endsWith(".draft"))
    .map((name) => ({ path: join(folder, name), stats: statSync(join(folder, name)) }))
    .sort((a, b) => a.stats.mtimeMs - b.stats.mtimeMs);
  let total = files.reduce((sum, { stats }) => sum + stats.size, 0);
  if (total <= limit) return;
  for (const { path, stats } of files) {
    if (total <= limit / 2) return;
    rmSync(path, { force: true });
    total -= stats.size;
  }
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
