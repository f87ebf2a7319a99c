import type { Command } from "../../commands/types.ts";
import { getPullRequest } from "../../github/pull-requests.ts";
import type { Bot } from "../bot.ts";
import { pullRequestHead } from "../reviews/pull-request-head.ts";
import { clientFor } from "../report.ts";
import { reviewPullRequest } from "../reviews/review-pull-request.ts";
import type { Answer, CommandComment } from "./comment.ts";

/** Looks at the pull request again: every check that has a reason to change does. */
export async function retest(
  bot: Bot,
  comment: CommandComment,
  command: Extract<Command, { verb: "validate" | "retest" }>,
): Promise<Answer> {
  if (!comment.isPullRequest) return `\`/${command.verb}\` works on pull requests.`;
  const pull = await getPullRequest(clientFor(bot, comment.repository), comment.issue);
  if (pull.state !== "open")
    return "This pull request is closed. `/retry` builds again what failed after its merge.";
  await reviewPullRequest(bot, comment.repository, pullRequestHead(comment.repository, pull));
  return undefined;
}
