import type { PullRequestHead } from "./review-pull-request.ts";

/** The check run that somebody asked to run again. */
export interface RerunCheck {
  readonly id: number;
  /** Such as `okd-streams / validate`. */
  readonly name: string;
}

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
