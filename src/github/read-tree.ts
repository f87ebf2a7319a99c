import { ProblemError } from "../problem.ts";
import { maximumFileSize, type RepositoryFile } from "../streams/repository.ts";
import type { KeptFiles, TreeEntry } from "./mirror-types.ts";
import { readBlobs } from "./read-blobs.ts";
import { checkObjectId } from "./revision-names.ts";
import { runGit, type GitCall } from "./run-git.ts";

/** A repository with more than this under the watched paths is refused instead of filling the memory. */
const maximumEntries = 20_000;
const maximumTotalBytes = 64 * 1024 * 1024;

const modes: Readonly<Record<string, RepositoryFile["mode"]>> = {
  "100644": "file",
  "100755": "executable",
  "120000": "symlink",
  "160000": "submodule",
};

/** The entries under the paths, of a commit or tree. */
export async function listFiles(
  call: GitCall,
  treeish: string,
  paths: readonly string[],
): Promise<readonly TreeEntry[]> {
  const id = checkObjectId(treeish);
  const args = ["ls-tree", "-r", "-z", "--long", "--full-tree", id, "--", ...paths];
  return parseTree(await runGit(call, args));
}

/** `MODE SP TYPE SP OBJECT SP+ SIZE TAB PATH NUL`: https://git-scm.com/docs/git-ls-tree#_output_format */
export function parseTree(output: string): readonly TreeEntry[] {
  return output.split("\0").flatMap((line) => {
    const groups = /^(?<mode>\d{6}) \w+ (?<blob>[0-9a-f]{40}) +(?<size>\d+|-)\t(?<path>[^]+)$/.exec(
      line,
    )?.groups;
    const mode = modes[groups?.["mode"] ?? ""];
    if (groups?.["blob"] === undefined || groups["path"] === undefined || mode === undefined)
      return [];
    const size = groups["size"] === "-" ? 0 : Number(groups["size"]);
    return [{ path: groups["path"], mode, blob: groups["blob"], size }];
  });
}

/** The files under the paths, with the contents of regular ones of at most `maximumFileSize`; those kept are not read. */
export async function readRepositoryFiles(
  call: GitCall,
  treeish: string,
  paths: readonly string[],
  kept?: KeptFiles,
): Promise<readonly RepositoryFile[]> {
  const entries = await listFiles(call, treeish, paths);
  const readable = entries.filter(isReadable);
  checkAmount(entries.length, readable, paths);
  const files = entries.map((entry) => ({ entry, file: kept?.get(entry) }));
  const unread = files.filter(({ entry, file }) => file === undefined && isReadable(entry));
  const blobs = await readBlobs(
    call,
    unread.map(({ entry }) => entry.blob),
    maximumFileSize,
  );
  return files.map(({ entry, file }) => {
    if (file !== undefined) return file;
    const { path, mode, size } = entry;
    const content = isReadable(entry) ? blobs.get(entry.blob) : undefined;
    const read = content === undefined ? { path, mode, size } : { path, mode, size, content };
    kept?.put(entry, read);
    return read;
  });
}

function isReadable(entry: TreeEntry): boolean {
  const regular = entry.mode === "file" || entry.mode === "executable";
  return regular && entry.size <= maximumFileSize;
}

function checkAmount(
  count: number,
  readable: readonly TreeEntry[],
  paths: readonly string[],
): void {
  const total = readable.reduce((sum, entry) => sum + entry.size, 0);
  if (count <= maximumEntries && total <= maximumTotalBytes) return;
  throw new ProblemError({
    kind: "invalid",
    where: paths.join(", "),
    what: `There are ${count} files of together ${total} bytes; ${maximumEntries} files and ${maximumTotalBytes} bytes are read at most.`,
    next: "Move what is no stream, pipeline or task elsewhere.",
  });
}
