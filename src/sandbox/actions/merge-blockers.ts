import { atLeast, roleOf } from "../actor.ts";
import type { CheckRun, PullRequest, Repository } from "../types.ts";

const passing = new Set<CheckRun["conclusion"]>(["success", "neutral", "skipped"]);

/** The newest run of each name on a commit, as GitHub's filter `latest`. */
export function latestCheckRuns(repository: Repository, headSha: string): readonly CheckRun[] {
  const byName = new Map<string, CheckRun>();
  for (const run of repository.checkRuns) {
    if (run.headSha === headSha) byName.set(run.name, run);
  }
  return [...byName.values()];
}

/** What the protection of the base branch still asks for, in GitHub's sentences; empty where nothing. */
export function mergeBlockers(repository: Repository, pull: PullRequest): readonly string[] {
  if (pull.base.ref !== repository.defaultBranch) return [];
  return [...checkBlockers(repository, pull.head.sha), ...reviewBlockers(repository, pull)];
}

/** The same of the required checks alone, on any commit. */
export function checkBlockers(repository: Repository, headSha: string): readonly string[] {
  const latest = latestCheckRuns(repository, headSha);
  return repository.protection.requiredChecks.flatMap((name) => {
    const run = latest.find((each) => each.name === name);
    if (run === undefined) return [`Required status check "${name}" is expected.`];
    if (run.status !== "completed") return [`Required status check "${name}" is ${run.status}.`];
    return passing.has(run.conclusion) ? [] : [`Required status check "${name}" is failing.`];
  });
}

function reviewBlockers(repository: Repository, pull: PullRequest): readonly string[] {
  const wanted = repository.protection.requiredReviews;
  if (wanted === 0) return [];
  const verdicts = new Map<string, string>();
  for (const review of pull.reviews) {
    if (review.state === "COMMENTED") continue;
    if (atLeast(roleOf(repository, review.user.login), "write"))
      verdicts.set(review.user.login, review.state);
  }
  const states = [...verdicts.values()];
  if (states.includes("CHANGES_REQUESTED"))
    return ["Changes have been requested on this pull request."];
  const approvals = states.filter((state) => state === "APPROVED").length;
  if (approvals >= wanted) return [];
  const reviews = wanted === 1 ? "review is" : "reviews are";
  return [`At least ${wanted} approving ${reviews} required by reviewers with write access.`];
}
