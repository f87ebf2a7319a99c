import { changedFiles, commitsBetween, mergeBase } from "../git/history.ts";
import { mergeBlockers } from "./merge-blockers.ts";
import type { PullRequest, Repository } from "../types.ts";

/** What a pull request's page says that has to be counted in git. */
export interface PullFacts {
  readonly mergeableState: string;
  readonly commits: number;
  readonly additions: number;
  readonly deletions: number;
  readonly changedFiles: number;
}

export async function pullFacts(repository: Repository, pull: PullRequest): Promise<PullFacts> {
  const from = await pullStart(repository, pull);
  const [commits, files] = await Promise.all([
    commitsBetween(repository.directory, from, pull.head.sha),
    changedFiles(repository.directory, from, pull.head.sha),
  ]);
  return {
    mergeableState: mergeableState(repository, pull),
    commits: commits.length,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changedFiles: files.length,
  };
}

/** Where the pull request's own changes begin: GitHub compares three-dot. */
export async function pullStart(repository: Repository, pull: PullRequest): Promise<string> {
  const start = await mergeBase(repository.directory, pull.base.sha, pull.head.sha);
  return start ?? pull.base.sha;
}

function mergeableState(repository: Repository, pull: PullRequest): string {
  if (pull.mergeable === null || pull.state === "closed") return "unknown";
  if (!pull.mergeable) return "dirty";
  if (mergeBlockers(repository, pull).length > 0) return "blocked";
  const failing = repository.checkRuns.some(
    (run) => run.headSha === pull.head.sha && run.conclusion === "failure",
  );
  return failing ? "unstable" : "clean";
}
