import { env } from "node:process";
import PQueue from "p-queue";
import { ProblemError } from "../problem.ts";
import { coalesce } from "./coalesce.ts";
import { fetchPullRequest } from "./fetch-pull-request.ts";
import { gitEnvironment } from "./git-environment.ts";
import type { Mirror, MirrorOptions } from "./mirror-types.ts";
import { prepareMirror } from "./prepare-mirror.ts";
import { readBlobs } from "./read-blobs.ts";
import {
  changedPaths,
  commitInfo,
  firstParentCommits,
  isAncestor,
  mergeTree,
  resolve,
} from "./read-history.ts";
import { shownLines } from "./read-diff.ts";
import { listFiles, readRepositoryFiles } from "./read-tree.ts";
import { runGit, type GitCall } from "./run-git.ts";

export type {
  CommitInfo,
  KeptFiles,
  LineSpan,
  MergedTree,
  Mirror,
  MirrorOptions,
  TreeEntry,
} from "./mirror-types.ts";

const defaultProtocols = ["http", "https"] as const;
const defaultSilenceMs = 60_000;
const defaultLag = { retries: 5, firstWaitMs: 500 };

/** The mirror of one repository. Its folder is made with the first use. */
export function openMirror(options: MirrorOptions): Mirror {
  const { directory, gitUrl, token, lag = defaultLag } = options;
  checkUrl(options);
  const callWith = (secret: string | undefined): GitCall => ({
    directory,
    silenceMs: options.silenceMs ?? defaultSilenceMs,
    environment: gitEnvironment(
      {
        gitUrl,
        token: secret,
        protocols: options.protocols ?? defaultProtocols,
        home: directory,
      },
      env,
    ),
  });
  const offline = callWith(undefined);

  let prepared: Promise<void> | undefined;
  const prepare = () => {
    prepared ??= prepareMirror(offline).catch((error: unknown) => {
      prepared = undefined;
      throw error;
    });
    return prepared;
  };
  const ready = async () => {
    await prepare();
    return offline;
  };
  // Two fetches of one ref would meet at its lock.
  const fetches = new PQueue({ concurrency: 1 });
  const fetchRefs = async (args: readonly string[]) => {
    await prepare();
    const all = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", ...args];
    await fetches.add(async () => await runGit(callWith(await token()), all));
  };

  return {
    fetch: coalesce(() => fetchRefs(["--prune", gitUrl, "+refs/heads/*:refs/heads/*"])),
    fetchPullRequest: async (number, expectedSha) =>
      await fetchPullRequest({
        call: await ready(),
        number,
        expectedSha,
        fetchRef: (ref) => fetchRefs([gitUrl, `+${ref}:${ref}`]),
        lag,
      }),
    resolve: async (revision) => await resolve(await ready(), revision),
    mergeTree: async (base, head) => await mergeTree(await ready(), base, head),
    listFiles: async (treeish, paths) => await listFiles(await ready(), treeish, paths),
    readBlobs: async (ids, maximumBytes) => await readBlobs(await ready(), ids, maximumBytes),
    readRepositoryFiles: async (treeish, paths, kept) =>
      await readRepositoryFiles(await ready(), treeish, paths, kept),
    changedPaths: async (from, to) => await changedPaths(await ready(), from, to),
    shownLines: async (base, head, paths) => await shownLines(await ready(), base, head, paths),
    firstParentCommits: async (head, paths, limit) =>
      await firstParentCommits(await ready(), head, paths, limit),
    firstParentOf: async (commit) => (await commitInfo(await ready(), commit)).parents[0],
    isAncestor: async (ancestor, commit) => await isAncestor(await ready(), ancestor, commit),
    commitInfo: async (commit) => await commitInfo(await ready(), commit),
  };
}

function checkUrl({ gitUrl, protocols = defaultProtocols }: MirrorOptions): void {
  const url = URL.canParse(gitUrl) ? new URL(gitUrl) : undefined;
  const allowed = protocols.some((protocol) => url?.protocol === `${protocol}:`);
  if (url !== undefined && allowed && url.username === "" && url.password === "") return;
  throw new ProblemError({
    kind: "invalid",
    where: "repository address",
    what: `It has to begin with ${protocols.join(", ")} and hold no credentials.`,
  });
}
