import type { Command } from "../../commands/types.ts";
import { describeProblem } from "../../problem.ts";
import { inputDigest } from "../../streams/input-digest.ts";
import type { Bot } from "../bot.ts";
import { requestRun } from "../runs/request-run.ts";
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
  const requested = await requestRun(bot, comment.repository, {
    kind: "build",
    subject: command.stream,
    stream,
    use: stream.spec.build,
    cluster: stream.spec.build.cluster,
    inputDigest: inputDigest(comment.streams, command.stream),
    cause: `command:${comment.commentId}`,
    attempt: 1,
    commit: comment.head,
    values: {},
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
