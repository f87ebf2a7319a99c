import { authorise } from "../../commands/authorise.ts";
import type { Command } from "../../commands/types.ts";
import { describeProblem } from "../../problem.ts";
import type { Run } from "../../store/run-record.ts";
import { insertRunIfAbsent } from "../../store/runs.ts";
import { runKey, runName } from "../../streams/runs/run-key.ts";
import type { RunRequest } from "../../streams/runs/run-request.ts";
import type { Bot } from "../bot.ts";
import { isOver } from "../runs/run-report.ts";
import { verificationOfCause } from "../releases/verification-of-cause.ts";
import { findRuns } from "./find-runs.ts";
import type { Answer, CommandComment } from "./comment.ts";

/**
 * Asks again for the builds of this pull request that ended without success, or for the one that is named, with the
 * inputs that they had. The same comment never asks twice.
 */
export async function retryRuns(
  bot: Bot,
  comment: CommandComment,
  command: Extract<Command, { verb: "retry" }>,
): Promise<Answer> {
  const found = await findRuns(bot, comment, command.run);
  if (!found.ok) return describeProblem(found.problem);
  const retried = found.value.filter((run) => command.run !== undefined || needsRetry(run));
  if (found.value.some((run) => run.cause === causeOfRetry(comment, run)) && retried.length === 0)
    return undefined;
  if (retried.length === 0)
    return "Nothing to retry: no run of this pull request ended without success. Name a run, or write `/build STREAM`.";
  const lines: string[] = [];
  for (const run of retried) {
    const line = await retryRun(bot, comment, command, run);
    if (line !== undefined) lines.push(line);
  }
  bot.wake();
  return lines.length === 0 ? undefined : lines.join("\n");
}

/** A verification stays one of its release: by its cause it is known which. */
function causeOfRetry({ commentId }: CommandComment, run: Run): RunRequest["cause"] {
  const verification = verificationOfCause(run.cause);
  return verification === undefined
    ? `command:${commentId}`
    : `release:${verification}/${commentId}`;
}

function needsRetry(run: Run): boolean {
  return isOver(run.state) && run.state !== "succeeded";
}

async function retryRun(
  bot: Bot,
  comment: CommandComment,
  command: Command,
  run: Run,
): Promise<string | undefined> {
  if (run.cause === causeOfRetry(comment, run)) return undefined;
  if (!isOver(run.state)) return `- \`${run.subject}\` is still ${run.state}; cancel it first.`;
  const allowed = authorise(command, comment.actor, run.stream);
  if (!allowed.ok) return `- ${describeProblem(allowed.problem)}`;
  const request: RunRequest = {
    ...run.request,
    cause: causeOfRetry(comment, run),
    attempt: run.attempt + 1,
  };
  await insertRunIfAbsent(
    bot.db,
    {
      id: runKey(request),
      name: runName(request),
      request,
      pullNumber: run.pullNumber ?? comment.issue,
      requestedBy: comment.login,
    },
    bot.now(),
  );
  return `- \`${run.subject}\` is built again (attempt ${request.attempt}), with the inputs of ${run.commit.slice(0, 10)}.`;
}
