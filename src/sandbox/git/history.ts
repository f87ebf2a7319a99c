import { git, tryGit } from "./run-git.ts";
import type { Identity } from "./objects.ts";

export interface Commit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Identity;
  readonly committer: Identity;
  readonly message: string;
}

export type ChangeStatus = "added" | "removed" | "modified" | "renamed";

export interface FileChange {
  readonly path: string;
  readonly previousPath?: string;
  readonly status: ChangeStatus;
  /** Blob after the change; the one before for a removed file. */
  readonly sha: string;
  readonly additions: number;
  readonly deletions: number;
  /** Unified diff from its first hunk on; missing for binary files. */
  readonly patch?: string;
}

const fields = "%H%x00%T%x00%P%x00%an%x00%ae%x00%aI%x00%cn%x00%ce%x00%cI%x00%B";

/** Commits that `to` has and `from` has not, oldest first. */
export async function commitsBetween(
  directory: string,
  from: string,
  to: string,
): Promise<readonly Commit[]> {
  return log(directory, ["--reverse", "--topo-order", `${from}..${to}`]);
}

/** The newest commits of a revision, newest first; with a path, those that touch it. */
export async function newestCommits(
  directory: string,
  revision: string,
  count: number,
): Promise<readonly Commit[]> {
  return log(directory, [`--max-count=${count.toString()}`, revision]);
}

export async function readCommit(directory: string, sha: string): Promise<Commit> {
  const [commit] = await log(directory, ["--max-count=1", sha]);
  if (commit === undefined) throw new Error(`No commit ${sha}`);
  return commit;
}

async function log(directory: string, args: readonly string[]): Promise<readonly Commit[]> {
  const text = await git(directory, ["log", `--format=${fields}%x1e`, ...args]);
  return text
    .split("\x1e")
    .map((record) => record.replace(/^\n/, ""))
    .filter((record) => record !== "")
    .map(parseCommit);
}

function parseCommit(record: string): Commit {
  const [
    sha = "",
    tree = "",
    parents = "",
    an = "",
    ae = "",
    ad = "",
    cn = "",
    ce = "",
    cd = "",
    message = "",
  ] = record.split("\0");
  return {
    sha,
    tree,
    parents: parents === "" ? [] : parents.split(" "),
    author: { name: an, email: ae, date: utc(ad) },
    committer: { name: cn, email: ce, date: utc(cd) },
    message: message.replace(/\n+$/, ""),
  };
}

function utc(date: string): string {
  return `${new Date(date).toISOString().slice(0, 19)}Z`;
}

export async function mergeBase(
  directory: string,
  one: string,
  other: string,
): Promise<string | undefined> {
  const result = await tryGit(directory, ["merge-base", one, other]);
  return result.code === 0 ? result.stdout.toString("utf8").trim() : undefined;
}

/** What changed from one commit or tree to another, by path. */
export async function changedFiles(
  directory: string,
  from: string,
  to: string,
): Promise<readonly FileChange[]> {
  const options = ["-r", "-M", "--no-commit-id", from, to];
  const [raw, numbers] = await Promise.all([
    git(directory, ["diff-tree", "-z", "--raw", "--abbrev=40", ...options]),
    git(directory, ["diff-tree", "-z", "--numstat", ...options]),
  ]);
  const counts = parseNumbers(numbers);
  const changes = parseRaw(raw);
  return Promise.all(
    changes.map(async (change) => {
      const count = counts.get(change.path);
      if (count === undefined) return { ...change, additions: 0, deletions: 0 };
      const [additions, deletions] = count;
      const paths =
        change.previousPath === undefined ? [change.path] : [change.previousPath, change.path];
      const text = await git(directory, [
        "diff-tree",
        "-p",
        "-M",
        "--no-commit-id",
        from,
        to,
        "--",
        ...paths.map((path) => `:(literal)${path}`),
      ]);
      const start = text.search(/^@@ /m);
      return {
        ...change,
        additions,
        deletions,
        ...(start < 0 ? {} : { patch: text.slice(start) }),
      };
    }),
  );
}

function parseRaw(text: string): readonly Omit<FileChange, "additions" | "deletions" | "patch">[] {
  const parts = text.split("\0");
  const changes: Omit<FileChange, "additions" | "deletions" | "patch">[] = [];
  for (let at = 0; at + 1 < parts.length;) {
    const [, , before = "", after = "", letter = ""] = (parts[at] ?? "").split(" ");
    const first = parts[at + 1] ?? "";
    if (letter.startsWith("R")) {
      changes.push({
        path: parts[at + 2] ?? "",
        previousPath: first,
        status: "renamed",
        sha: after,
      });
      at += 3;
      continue;
    }
    const status = letter === "A" ? "added" : letter === "D" ? "removed" : "modified";
    changes.push({ path: first, status, sha: status === "removed" ? before : after });
    at += 2;
  }
  return changes;
}

function parseNumbers(text: string): ReadonlyMap<string, readonly [number, number]> {
  const parts = text.split("\0");
  const counts = new Map<string, readonly [number, number]>();
  for (let at = 0; at < parts.length;) {
    const [added = "", removed = "", path = ""] = (parts[at] ?? "").split("\t");
    const renamed = path === "" && added !== "";
    const name = renamed ? (parts[at + 2] ?? "") : path;
    if (added !== "-" && added !== "") counts.set(name, [Number(added), Number(removed)]);
    at += renamed ? 3 : 1;
  }
  return counts;
}
