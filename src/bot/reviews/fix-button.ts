import type { CheckRunInput } from "../../github/ensure-check-run.ts";
import type { Repository } from "../../store/repository-record.ts";
import type { Bot } from "../bot.ts";
import { isPromotion } from "./promotion-check.ts";
import type { PullRequestHead } from "./review.ts";

/** What GitHub says of the button when somebody presses it. */
export const fixIdentifier = "fix";

/** The button that commits fixes: only where there are any, on a branch that the bot may push to. */
export async function fixActions(
  bot: Bot,
  repository: Repository,
  pull: PullRequestHead,
  mendable: number,
): Promise<NonNullable<CheckRunInput["actions"]>> {
  if (mendable === 0 || !(await isFixable(bot, repository, pull))) return [];
  const what = mendable === 1 ? "the fix of 1 finding" : `the fixes of ${mendable} findings`;
  return [{ label: "Fix it", description: `Commit ${what}`, identifier: fixIdentifier }];
}

/** Never a fork's branch, the default branch, or a promotion's. */
export async function isFixable(
  bot: Bot,
  repository: Repository,
  pull: Pick<PullRequestHead, "headSha" | "ownBranch">,
): Promise<boolean> {
  if (pull.ownBranch === undefined || pull.ownBranch === repository.defaultBranch) return false;
  return !(await isPromotion(bot, repository, pull));
}
