import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { failed, ok, type Result } from "../problem.ts";
import { runGit } from "./run-git.ts";

const maximumFileBytes = 256 * 1024;

export interface GitReference {
  readonly url: string;
  /** 40 hex characters: a name could be moved between review and run. */
  readonly revision: string;
  readonly path: string;
}

/** Gives the text of a file at a commit. */
export type GitResolver = (reference: GitReference) => Promise<Result<string>>;

function plainUrl(text: string): URL | undefined {
  // A control character or a percent sign could make git read another URL than the one that was compared.
  if (!/^[!-~]+$/.test(text) || text.includes("%") || text.includes("\\")) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["http:", "https:", "file:"].includes(url.protocol)) return undefined;
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    return undefined;
  }
  return url.pathname.split("/").some((part) => part === "..") || /\/\.\.?(\/|$)/.test(text)
    ? undefined
    : url;
}

/** Whether a URL stands below one of the allowed prefixes, whole path segments compared. */
export function isAllowedUrl(text: string, allowlist: readonly string[]): boolean {
  const url = plainUrl(text);
  if (url === undefined) return false;
  return allowlist.some((entry) => {
    const prefix = plainUrl(entry);
    if (prefix?.protocol !== url.protocol || prefix.host !== url.host) return false;
    const folder = prefix.pathname.endsWith("/") ? prefix.pathname : `${prefix.pathname}/`;
    return url.pathname === prefix.pathname || url.pathname.startsWith(folder);
  });
}

/** Whether a path is one of a YAML file inside a repository, with nothing that git or a file system reads otherwise. */
export function isRepositoryPath(path: string): boolean {
  if (!/^[A-Za-z0-9._/-]{1,512}\.ya?ml$/.test(path)) return false;
  return path.split("/").every((part) => part !== "" && !/^\.{1,2}$/.test(part) && part !== ".git");
}

function refuse(what: string, next: string): Result<never> {
  return failed({ kind: "refused", what, where: "git resolver", next });
}

function checkReference(
  { url, revision, path }: GitReference,
  allowlist: readonly string[],
): Result<true> {
  if (!isAllowedUrl(url, allowlist)) {
    return refuse(
      `The repository ${JSON.stringify(url)} is not allowed.`,
      "Add it to the allowed repositories, as --allow-git does.",
    );
  }
  if (!/^[0-9a-f]{40}$/.test(revision)) {
    return refuse(
      `The revision ${JSON.stringify(revision)} is no full commit.`,
      "Give 40 hex characters.",
    );
  }
  if (!isRepositoryPath(path)) {
    return refuse(
      `${JSON.stringify(path)} is no path of a YAML file in a repository.`,
      "Give a relative path without `..`.",
    );
  }
  return ok(true);
}

/**
 * Reads files of commits out of bare caches below `directory`, one per URL, fetched when a commit is not there yet.
 * Only URLs below the allowlist, full commits and plain paths; redirects are not followed, because they would leave it.
 */
export function createGitResolver(directory: string, allowlist: readonly string[]): GitResolver {
  const files = new Map<string, Promise<Result<string>>>();
  const turns = new Map<string, Promise<unknown>>();

  const git = (repository: string, args: readonly string[]): Promise<string> =>
    runGit(directory, ["--git-dir", repository, ...args]);

  const fetchCommit = async (
    repository: string,
    { url, revision }: GitReference,
  ): Promise<void> => {
    await mkdir(directory, { recursive: true });
    await git(repository, ["init", "--quiet", "--bare", repository]);
    const present = await git(repository, ["cat-file", "-e", `${revision}^{commit}`]).then(
      () => true,
      () => false,
    );
    if (present) return;
    await git(repository, ["fetch", "--quiet", "--depth=1", "--no-tags", "--", url, revision]);
  };

  const readFile = async (repository: string, reference: GitReference): Promise<Result<string>> => {
    const listing = await git(repository, [
      "ls-tree",
      "-l",
      "-z",
      "--full-tree",
      reference.revision,
      "--",
      reference.path,
    ]);
    const entry = /^(100644|100755) blob ([0-9a-f]{40}) +(\d+)\t/.exec(listing);
    const where = `${reference.url}@${reference.revision}`;
    if (entry?.[2] === undefined) {
      return failed({ kind: "not-found", what: `There is no file ${reference.path}.`, where });
    }
    if (Number(entry[3]) > maximumFileBytes)
      return refuse(`${reference.path} is larger than 256 KiB.`, "Split it.");
    return ok(await git(repository, ["cat-file", "blob", entry[2]]));
  };

  const resolve = async (reference: GitReference): Promise<Result<string>> => {
    const name = createHash("sha256").update(reference.url).digest("hex");
    const repository = join(directory, `${name}.git`);
    const turn = (turns.get(name) ?? Promise.resolve()).then(() =>
      fetchCommit(repository, reference),
    );
    turns.set(
      name,
      turn.catch(() => undefined),
    );
    try {
      await turn;
      return await readFile(repository, reference);
    } catch (error) {
      const detail =
        error instanceof Error ? (error.message.split("\n").at(1) ?? error.message) : "";
      return failed({
        kind: "unavailable",
        what: `The commit ${reference.revision} could not be fetched: ${detail.slice(0, 300)}.`,
        where: reference.url,
        next: "Look whether the repository can be reached and has that commit.",
      });
    }
  };

  return async (reference) => {
    const checked = checkReference(reference, allowlist);
    if (!checked.ok) return checked;
    const key = JSON.stringify([reference.url, reference.revision, reference.path]);
    const pending = files.get(key) ?? resolve(reference);
    files.set(key, pending);
    const result = await pending;
    // A commit never changes, a failure may: only what was found is kept.
    if (!result.ok) files.delete(key);
    return result;
  };
}
