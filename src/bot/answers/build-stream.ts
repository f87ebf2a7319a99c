import type { Command } from "../../commands/types.ts";
import { describeProblem } from "../../problem.ts";
import type { Bot } from "../bot.ts";
import { requestBuild } from "../runs/request-build.ts";
import type { Answer, CommandComment } from "./comment.ts";

/** Builds a stream as the default branch has it now, whether or not its inputs changed. */
export async function buildStream(
  bot: Bot,
  comment: CommandComment,
  command: Extract<Command, { verb: "build" }>,
): Promise<Answer> {
  const stream = comment.streams.streams.get(command.stream)?.value;
  if (stream === undefined)
    return `There is no valid stream \`${command.stream}\` on the default branch. Streams: ${streamNames(comment)}.`;
  const requested = await requestBuild(bot, comment.repository, {
    streams: comment.streams,
    stream,
    cause: `command:${comment.commentId}`,
    commit: comment.head,
    pullNumber: comment.issue,
    requestedBy: comment.login,
  });
  if (!requested.ok) return describeProblem(requested.problem);
  bot.wake();
  return undefined;
}

function streamNames(comment: CommandComment): string {
  return [...comment.streams.streams.keys()].map((name) => `\`${name}\``).join(", ");
}
