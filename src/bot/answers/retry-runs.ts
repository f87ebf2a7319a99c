import { authorise } from "../../commands/authorise.ts";
import type { Command } from "../../commands/types.ts";
import { describeProblem } from "../../problem.ts";
import type { Run } from "../../store/run-record.ts";
import type { RunRequest } from "../../streams/runs/run-request.ts";
import type { Bot } from "../bot.ts";
import { requestAgain } from "../runs/request-again.ts";
import { isOver } from "../runs/run-report.ts";
import { verificationOfCause } from "../releases/verification-of-cause.ts";
import { findRuns } from "./find-runs.ts";
import { wantNeverBuilt } from "./want-never-built.ts";
import type { Answer, CommandComment } from "./comment.ts";

/**
 * Asks again for the runs of this pull request that ended without success, with the inputs that they had, and for the
 * builds of its merge that never began; or for the one that is named. The same comment never asks twice.
 */
export async function retryRuns(
  bot: Bot,
  comment: CommandComment,
  command: Extract<Command, { verb: "retry" }>,
): Promise<Answer> {
  const found = await findRuns(bot, comment, command.run);
  if (!found.ok) return describeProblem(found.problem);
  const retried = found.value.filter((run) => command.run !== undefined || needsRetry(run));
  const isRepeated = found.value.some((run) => run.cause === causeOfRetry(comment, run));
  const lines: string[] =
    command.run === undefined ? [...(await wantNeverBuilt(bot, comment))] : [];
  if (lines.length === 0 && retried.length === 0) return isRepeated ? undefined : nothingToRetry;
  for (const run of retried) {
    const line = await retryRun(bot, comment, command, run);
    if (line !== undefined) lines.push(line);
  }
  return lines.length === 0 ? undefined : lines.join("\n");
}

const nothingToRetry =
  "Nothing to retry: no run of this pull request ended without success. Name a run, or write `/build STREAM`.";

/** A verification stays one of its release: by its cause it is known which. */
function causeOfRetry({ commentId }: CommandComment, run: Run): RunRequest["cause"] {
  const verification = verificationOfCause(run.cause);
  return verification === undefined
    ? `command:${commentId}`
    : `release:${verification}/${commentId}`;
}

const doneAgain: Readonly<Record<Run["kind"], string>> = {
  build: "built",
  verify: "verified",
  publish: "published",
  trial: "tried",
};

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
  const again = await requestAgain(bot, run, {
    cause: causeOfRetry(comment, run),
    requestedBy: comment.login,
    pullNumber: run.pullNumber ?? comment.issue,
    streams: comment.streams,
  });
  if (!again.ok) return `- ${describeProblem(again.problem)}`;
  return `- \`${run.subject}\` is ${doneAgain[run.kind]} again (attempt ${again.value.attempt}), with the inputs of ${run.commit.slice(0, 10)}.`;
}
