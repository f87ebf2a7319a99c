import type { Result } from "../problem.ts";
import type { RepositoryFile } from "../streams/repository.ts";

/** An entry of a tree. */
export interface TreeEntry {
  readonly path: string;
  readonly mode: RepositoryFile["mode"];
  /** Object id. */
  readonly blob: string;
  /** Bytes; 0 for a submodule. */
  readonly size: number;
}

/** Files that were read before, and need not be read again. The same entry gives the same object. */
export interface KeptFiles {
  get(entry: TreeEntry): RepositoryFile | undefined;
  put(entry: TreeEntry, file: RepositoryFile): void;
}

export interface CommitInfo {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: string;
  /** ISO 8601. */
  readonly committedAt: string;
  readonly subject: string;
  readonly message: string;
}

/** Lines from the first to the last, both counted. */
export interface LineSpan {
  readonly first: number;
  readonly last: number;
}

export type MergedTree =
  | { readonly tree: string }
  /** Paths that both sides changed differently. */
  | { readonly conflicts: readonly string[] };

/**
 * A bare copy of one repository, read without a checkout. All commits are full ids; a wrong one, and whatever git
 * cannot do, is thrown as a ProblemError.
 */
export interface Mirror {
  /** Brings all branches; calls that come while one waits to start share it. */
  fetch(): Promise<void>;
  /**
   * Brings the head of a pull request and checks that it is the expected one. `unavailable` where GitHub's ref still
   * lags behind what its webhook said; `conflict` where the pull request has moved on.
   */
  fetchPullRequest(number: number, expectedSha: string): Promise<Result<void>>;
  /** The commit of a full id or of a branch; undefined where the mirror has none. */
  resolve(revision: string): Promise<string | undefined>;
  /** What merging `head` into `base` gives. */
  mergeTree(base: string, head: string): Promise<MergedTree>;
  /** The entries under these paths, of a commit or tree. */
  listFiles(treeish: string, paths: readonly string[]): Promise<readonly TreeEntry[]>;
  /** The contents of those blobs that are no larger than `maximumBytes`, by id. */
  readBlobs(ids: readonly string[], maximumBytes: number): Promise<ReadonlyMap<string, Uint8Array>>;
  /** The files under these paths with the contents of regular ones of at most `maximumFileSize`; only new ones are read. */
  readRepositoryFiles(
    treeish: string,
    paths: readonly string[],
    kept?: KeptFiles,
  ): Promise<readonly RepositoryFile[]>;
  /** Paths that differ between two commits or trees; a renamed file counts as both. */
  changedPaths(from: string, to: string): Promise<readonly string[]>;
  /** The lines of `head` under these paths that its pull request into `base` shows, by path. */
  shownLines(
    base: string,
    head: string,
    paths: readonly string[],
  ): Promise<ReadonlyMap<string, readonly LineSpan[]>>;
  /** The newest first-parent commits up to `head` that changed one of the paths, newest first. */
  firstParentCommits(
    head: string,
    paths: readonly string[],
    limit: number,
  ): Promise<readonly string[]>;
  /** Undefined for a root commit. */
  firstParentOf(commit: string): Promise<string | undefined>;
  /** Whether `ancestor` is `commit` or comes before it. */
  isAncestor(ancestor: string, commit: string): Promise<boolean>;
  commitInfo(commit: string): Promise<CommitInfo>;
}

export interface MirrorOptions {
  /** The mirror's own folder, used by this process alone; what stands there and is no whole mirror is removed. */
  readonly directory: string;
  /** Without credentials. */
  readonly gitUrl: string;
  /** Asked before each fetch; undefined for a repository that everybody may read. */
  readonly token: () => Promise<string | undefined>;
  /** Protocols that git may speak; http and https where not given. */
  readonly protocols?: readonly ("http" | "https" | "file")[];
  /** How long git may be silent before it is ended; a minute where not given. */
  readonly silenceMs?: number;
  /** Waiting for a ref that lags: how often to look again, and how long to wait first (doubled each time). */
  readonly lag?: { readonly retries: number; readonly firstWaitMs: number };
}
