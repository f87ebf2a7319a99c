import type { Command } from "../../commands/types.ts";
import { describeProblem } from "../../problem.ts";
import type { Bot } from "../bot.ts";
import { checkActive } from "../runs/check-active.ts";
import { requestBuild } from "../runs/request-build.ts";
import type { Answer, CommandComment } from "./comment.ts";

/** Builds a stream as the default branch has it now, whether or not its inputs changed. */
export async function buildStream(
  bot: Bot,
  comment: CommandComment,
  command: Extract<Command, { verb: "build" }>,
): Promise<Answer> {
  const stream = checkActive(comment.streams, command.stream);
  if (!stream.ok) return describeProblem(stream.problem);
  const requested = await requestBuild(bot, comment.repository, {
    streams: comment.streams,
    stream: stream.value,
    cause: `command:${comment.commentId}`,
    commit: comment.head,
    pullNumber: comment.issue,
    requestedBy: comment.login,
  });
  if (!requested.ok) return describeProblem(requested.problem);
  bot.wake();
  return undefined;
}
