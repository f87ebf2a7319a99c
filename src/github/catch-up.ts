import type { Mirror } from "./mirror-types.ts";

/** The same mirror, which fetches before it is read where it lacks a commit that another replica has seen. */
export function catchUp(mirror: Mirror, seen: string): Mirror {
  let caughtUp: Promise<void> | undefined;
  const fetchMissing = async (): Promise<void> => {
    if ((await mirror.resolve(seen)) === undefined) await mirror.fetch();
  };
  const ready = async (): Promise<Mirror> => {
    caughtUp ??= fetchMissing().catch((error: unknown) => {
      caughtUp = undefined;
      throw error;
    });
    await caughtUp;
    return mirror;
  };
  return {
    fetch: () => mirror.fetch(),
    fetchPullRequest: (number, expectedSha) => mirror.fetchPullRequest(number, expectedSha),
    resolve: async (revision) => (await ready()).resolve(revision),
    mergeTree: async (base, head) => (await ready()).mergeTree(base, head),
    listFiles: async (treeish, paths) => (await ready()).listFiles(treeish, paths),
    readBlobs: async (ids, maximumBytes) => (await ready()).readBlobs(ids, maximumBytes),
    readRepositoryFiles: async (treeish, paths, kept) =>
      (await ready()).readRepositoryFiles(treeish, paths, kept),
    changedPaths: async (from, to) => (await ready()).changedPaths(from, to),
    shownLines: async (base, head, paths) => (await ready()).shownLines(base, head, paths),
    firstParentCommits: async (head, paths, limit) =>
      (await ready()).firstParentCommits(head, paths, limit),
    firstParentOf: async (commit) => (await ready()).firstParentOf(commit),
    isAncestor: async (ancestor, commit) => (await ready()).isAncestor(ancestor, commit),
    commitInfo: async (commit) => (await ready()).commitInfo(commit),
  };
}
