import type { PullRequestHead, RerunCheck } from "./review.ts";

/**
 * The external id of a check of a pull request. GitHub resets the suite and not the run when a check is run again, so
 * that a re-run is a check run of its own; the other checks stay as they are.
 */
export function checkKey(
  check: "validate" | "plan" | "promotion",
  pull: Pick<PullRequestHead, "number">,
  rerunOf: RerunCheck | undefined,
): string {
  const key = `${check}:${pull.number}`;
  return rerunOf?.name === `okd-streams / ${check}` ? `${key}:again-${rerunOf.id}` : key;
}

/** Whether `later` is a re-run of what `first` stands for: what is news for the one is news for the other. */
export function isRerunOf(first: string, later: string): boolean {
  return later.startsWith(`${first}:again-`);
}
