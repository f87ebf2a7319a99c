import { ProblemError } from "../problem.ts";
import type { FetchedFile } from "../streams/elsewhere/fetched-file.ts";
import { describeGitFile, type GitFile } from "../streams/elsewhere/git-file.ts";
import { maximumFileSize } from "../streams/repository.ts";
import type { TreeEntry } from "./mirror-types.ts";
import { readBlobs } from "./read-blobs.ts";
import { listFiles } from "./read-tree.ts";
import type { GitCall } from "./run-git.ts";

/** A file of a commit that was fetched; links are told, never followed. */
export async function readFileOf(call: GitCall, file: GitFile): Promise<FetchedFile> {
  try {
    const entries = await listFiles(call, file.revision, [file.path]);
    return await readEntry(
      call,
      entries.find(({ path }) => path === file.path),
    );
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return {
      kind: "unknown",
      reason: `${describeGitFile(file)} cannot be read: ${error.problem.what}`,
      help: "Validate again later.",
    };
  }
}

async function readEntry(call: GitCall, entry: TreeEntry | undefined): Promise<FetchedFile> {
  if (entry === undefined) return { kind: "unusable", reason: "there is no such file" };
  if (entry.mode === "symlink") return { kind: "unusable", reason: "it is a symbolic link" };
  if (entry.mode === "submodule") return { kind: "unusable", reason: "it is a submodule" };
  const content = (await readBlobs(call, [entry.blob], maximumFileSize)).get(entry.blob);
  if (content !== undefined) return { kind: "content", content };
  return { kind: "unusable", reason: `it has more than ${maximumFileSize} bytes` };
}
