import { simpleGit } from "simple-git";
import { readBlobs } from "../github/read-blobs.ts";
import type { GitCall } from "../github/run-git.ts";
import { ProblemError } from "../problem.ts";
import { maximumFileSize, watchedPaths } from "../streams/repository.ts";
import type { RepositoryFile } from "../streams/repository.ts";
import { isYamlFile } from "../streams/yaml-file.ts";

const modes: Readonly<Record<string, RepositoryFile["mode"]>> = {
  "100644": "file",
  "100755": "executable",
  "120000": "symlink",
  "160000": "submodule",
};
const entry = /^(\d{6}) \w+ ([0-9a-f]{40,64}) +(\d+|-)\t(.+)$/s;

/** The full commit of a revision of the repository at `root`; a ProblemError where it is none. */
export async function resolveCommit(root: string, revision: string): Promise<string> {
  try {
    const name = `${revision}^{commit}`;
    const commit = await simpleGit(root).raw("rev-parse", "--verify", "--end-of-options", name);
    return commit.trim();
  } catch (error) {
    throw new ProblemError(
      {
        kind: "not-found",
        what: `${JSON.stringify(revision)} is no commit of the git repository at ${root} (git: ${reasonOf(error)}).`,
        next: "Name a branch, a tag or a commit that `git log` knows; a shallow clone has only the newest.",
      },
      { cause: error },
    );
  }
}

/** What git says of a call that failed, in one line: that there is no repository, or that it is somebody else's. */
function reasonOf(error: unknown): string {
  const [line = ""] = error instanceof Error ? error.message.trim().split("\n") : [];
  return line.replace(/^fatal: /, "") || "no reason given";
}

/** The files of a streams repository as a commit has them, read without a checkout. `root` may be a folder inside it. */
export function readRevision(root: string, commit: string): Promise<RepositoryFile[]> {
  return readTree(root, commit, watchedPaths, () => true);
}

/** The files below the folder `root` as a commit has them, YAML with content. */
export function readFolderAt(root: string, commit: string): Promise<RepositoryFile[]> {
  return readTree(root, commit, ["."], isYamlFile);
}

async function readTree(
  root: string,
  commit: string,
  paths: readonly string[],
  isWanted: (path: string) => boolean,
): Promise<RepositoryFile[]> {
  const listing = await simpleGit(root).raw("ls-tree", "-r", "-z", "-l", commit, "--", ...paths);
  const entries = listing.split("\0").flatMap((line) => {
    const [, mode = "", blob = "", bytes = "", path = ""] = entry.exec(line) ?? [];
    const kind = modes[mode];
    const size = Number(bytes) || 0;
    return kind === undefined ? [] : [{ path, mode: kind, size, blob }];
  });
  const read = entries.filter(
    ({ path, mode, size }) =>
      (mode === "file" || mode === "executable") && size <= maximumFileSize && isWanted(path),
  );
  const wanted = new Set(read.map(({ path }) => path));
  const blobs = await readBlobs(
    gitCall(root),
    read.map(({ blob }) => blob),
    maximumFileSize,
  );
  return entries.map(({ blob, ...file }) => {
    const content = wanted.has(file.path) ? blobs.get(blob) : undefined;
    return content === undefined ? file : { ...file, content };
  });
}

/** git as the person who calls it has it. */
function gitCall(root: string): GitCall {
  const environment = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return { directory: root, environment: Object.fromEntries(environment), silenceMs: 60_000 };
}
