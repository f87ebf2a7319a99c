import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { git, tryGit } from "./run-git.ts";

export interface Identity {
  readonly name: string;
  readonly email: string;
  /** ISO 8601. */
  readonly date: string;
}

export interface TreeEntry {
  readonly path: string;
  readonly mode: string;
  readonly type: string;
  readonly sha: string;
  readonly size?: number;
}

/** One change of a tree; without `sha` the path is removed. */
export interface TreeChange {
  readonly path: string;
  readonly mode: string;
  readonly sha: string | null;
}

export function writeBlob(directory: string, content: string | Uint8Array): Promise<string> {
  return git(directory, ["hash-object", "-w", "--stdin"], content);
}

/** The bytes of a blob; undefined where the object is missing or no blob. */
export async function readBlob(directory: string, revision: string): Promise<Buffer | undefined> {
  if (revision.startsWith("-")) return undefined;
  const result = await tryGit(directory, ["cat-file", "blob", revision]);
  return result.code === 0 ? result.stdout : undefined;
}

/** Entries of a tree; undefined where the revision has no such tree. */
export async function readTree(
  directory: string,
  revision: string,
  recursive: boolean,
): Promise<readonly TreeEntry[] | undefined> {
  if (revision.startsWith("-")) return undefined;
  const flags = recursive ? ["-r", "-t"] : [];
  const result = await tryGit(directory, ["ls-tree", "-z", "-l", ...flags, revision]);
  if (result.code !== 0) return undefined;
  return result.stdout
    .toString("utf8")
    .split("\0")
    .filter((line) => line !== "")
    .map(parseTreeLine);
}

function parseTreeLine(line: string): TreeEntry {
  const tab = line.indexOf("\t");
  const [mode = "", type = "", sha = "", size = "-"] = line.slice(0, tab).split(/ +/);
  const entry = { path: line.slice(tab + 1), mode, type, sha };
  return size === "-" ? entry : { ...entry, size: Number(size) };
}

/** Writes `base` with the changes applied, and gives the new tree; an index of its own keeps calls apart. */
export async function writeTree(
  directory: string,
  base: string | undefined,
  changes: readonly TreeChange[],
): Promise<string> {
  const scratch = await mkdtemp(join(tmpdir(), "sandbox-index-"));
  const env = { GIT_INDEX_FILE: join(scratch, "index") };
  try {
    await git(
      directory,
      base === undefined ? ["read-tree", "--empty"] : ["read-tree", base],
      "",
      env,
    );
    const lines = changes.map(({ path, mode, sha }) =>
      sha === null ? `0 ${"0".repeat(40)}\t${path}\0` : `${mode} ${sha}\t${path}\0`,
    );
    await git(directory, ["update-index", "-z", "--index-info"], lines.join(""), env);
    return await git(directory, ["write-tree"], "", env);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

export interface NewCommit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly author: Identity;
  readonly committer?: Identity;
}

export function writeCommit(directory: string, commit: NewCommit): Promise<string> {
  const committer = commit.committer ?? commit.author;
  const parents = commit.parents.flatMap((parent) => ["-p", parent]);
  return git(directory, ["commit-tree", commit.tree, ...parents], commit.message, {
    GIT_AUTHOR_NAME: commit.author.name,
    GIT_AUTHOR_EMAIL: commit.author.email,
    GIT_AUTHOR_DATE: commit.author.date,
    GIT_COMMITTER_NAME: committer.name,
    GIT_COMMITTER_EMAIL: committer.email,
    GIT_COMMITTER_DATE: committer.date,
  });
}
