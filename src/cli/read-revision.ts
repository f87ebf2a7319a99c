import { simpleGit } from "simple-git";
import type { SimpleGit } from "simple-git";
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
        what: `${JSON.stringify(revision)} is no commit of the git repository at ${root}.`,
        next: "Name a branch, a tag or a commit that `git log` knows.",
      },
      { cause: error },
    );
  }
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
  const git = simpleGit(root);
  const listing = await git.raw("ls-tree", "-r", "-z", "-l", commit, "--", ...paths);
  const files: RepositoryFile[] = [];
  for (const line of listing.split("\0")) {
    const [, mode = "", blob = "", bytes = "", path = ""] = entry.exec(line) ?? [];
    const kind = modes[mode];
    if (kind === undefined) continue;
    const size = Number(bytes) || 0;
    const isRegular = kind === "file" || kind === "executable";
    const isRead = isRegular && size <= maximumFileSize && isWanted(path);
    const content = isRead ? await readBlob(git, blob) : undefined;
    files.push({ path, mode: kind, size, ...(content === undefined ? {} : { content }) });
  }
  return files;
}

async function readBlob(git: SimpleGit, blob: string): Promise<Uint8Array> {
  const content: unknown = await git.binaryCatFile(["blob", blob]);
  if (!Buffer.isBuffer(content)) throw new TypeError(`git gave no bytes for ${blob}`);
  return content;
}
