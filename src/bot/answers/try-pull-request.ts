import type { Command } from "../../commands/types.ts";
import { describeProblem } from "../../problem.ts";
import { saveTrustedCommit } from "../../store/trusted-commits.ts";
import type { Bot } from "../bot.ts";
import { pullToTry, startTrials } from "../trials/start-trials.ts";
import type { Answer, CommandComment } from "./comment.ts";

/**
 * `/test` tries a commit that may run; `/ok-to-test` says first that one of others may, which holds for nothing but the
 * commit that it names and only while that is the head.
 */
export async function tryPullRequest(
  bot: Bot,
  comment: CommandComment,
  command: Extract<Command, { verb: "test" | "ok-to-test" }>,
): Promise<Answer> {
  const pull = await pullToTry(bot, comment);
  if ("refusal" in pull) return describeProblem(pull.refusal);
  if (command.verb === "test") return startTrials(bot, comment, pull, command.stream);
  if (pull.headSha !== command.commit)
    return `\`${command.commit}\` is not the full commit of this pull request's head. Look at what the head would run; if it may, write this line:\n\n\`\`\`\n/ok-to-test ${pull.headSha}\n\`\`\``;
  await saveTrustedCommit(
    bot.db,
    { repositoryId: comment.repository.id, pull: pull.number, commit: pull.headSha },
    { login: comment.login, commentId: comment.commentId },
    bot.now(),
  );
  return startTrials(bot, comment, pull, undefined);
}
