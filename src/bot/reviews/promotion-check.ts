import { code } from "../../promotion/markdown.ts";
import { listPromotions } from "../../store/promotions.ts";
import type { Repository } from "../../store/repository-record.ts";
import type { Bot } from "../bot.ts";
import { checkKey } from "./check-key.ts";
import type { PullRequestHead, ReviewReport } from "./review.ts";

const releaseFile = /^streams\/channels\/(?<channel>[^/]+)\/release\.yaml$/;

/** The channel whose pointer this file is. */
export function releaseFileOf(path: string): string | undefined {
  return releaseFile.exec(path)?.groups?.["channel"];
}

/**
 * The `promotion` check of a pull request that is no promotion: a refusal where it moves a channel by hand, and neutral
 * for everything else, because a required check has to conclude. A promotion's own worker writes its check: undefined.
 */
export async function promotionCheckOf(
  bot: Bot,
  repository: Repository,
  pull: PullRequestHead,
  { changed, rerunOf }: Pick<ReviewReport, "changed" | "rerunOf">,
) {
  if (await isPromotion(bot, repository, pull)) return undefined;
  const moved = [...changed].filter((path) => releaseFile.test(path));
  const plain = {
    name: "okd-streams / promotion",
    headSha: pull.headSha,
    externalId: checkKey("promotion", pull, rerunOf),
    status: "completed" as const,
  };
  if (moved.length === 0) {
    return {
      ...plain,
      conclusion: "neutral" as const,
      title: "Not a promotion",
      summary: "This pull request moves no channel.",
    };
  }
  return {
    ...plain,
    conclusion: "failure" as const,
    title: "Channels move by promotion only",
    summary: `This pull request edits ${moved.map(code).join(", ")}. Only promotion pull requests do that: take the file out, and write \`/promote RELEASE to CHANNEL\` in a comment.`,
  };
}

/**
 * By its branch, since the pull request may be seen here before its number is known, or by its commit: another pull
 * request of the same commit shares its checks, and must not write over what the promotion's worker says.
 */
export async function isPromotion(
  bot: Bot,
  repository: Repository,
  pull: Pick<PullRequestHead, "headSha" | "ownBranch">,
): Promise<boolean> {
  const repositoryId = repository.id;
  const byCommit = await listPromotions(bot.db, { repositoryId, headSha: pull.headSha }, 1);
  if (byCommit.length > 0) return true;
  if (pull.ownBranch === undefined) return false;
  return (await listPromotions(bot.db, { repositoryId, branch: pull.ownBranch }, 1)).length > 0;
}
