import { authorise } from "../../commands/authorise.ts";
import type { Command } from "../../commands/types.ts";
import { getPullRequest } from "../../github/pull-requests.ts";
import { describeProblem, type Problem } from "../../problem.ts";
import type { Run } from "../../store/run-record.ts";
import type { RunRequest } from "../../streams/runs/run-request.ts";
import type { Bot } from "../bot.ts";
import { clientFor } from "../report.ts";
import { refusePublication } from "../runs/refuse-publication.ts";
import { requestAgain } from "../runs/request-again.ts";
import { isOver } from "../runs/run-report.ts";
import { verificationOfCause } from "../releases/verification-of-cause.ts";
import { whyNoTrial } from "../trials/why-no-trial.ts";
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
  const retried =
    command.run === undefined
      ? await withoutPastTrials(bot, comment, found.value.filter(needsRetry))
      : found.value;
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

/** Nobody waits for the trials of a pull request that was closed or moved on. */
async function withoutPastTrials(
  bot: Bot,
  { repository, issue }: CommandComment,
  runs: readonly Run[],
): Promise<readonly Run[]> {
  if (!runs.some(({ kind }) => kind === "trial")) return runs;
  const pull = await getPullRequest(clientFor(bot, repository), issue);
  return runs.filter(
    ({ kind, commit }) => kind !== "trial" || (pull.state === "open" && pull.headSha === commit),
  );
}

/** A verification stays one of its release: by its cause it is known which. */
function causeOfRetry({ commentId }: CommandComment, run: Run): RunRequest["cause"] {
  const verification = verificationOfCause(run.cause);
  return verification === undefined
    ? `command:${commentId}`
    : `release:${verification}/${commentId}`;
}

/**
 * A trial is asked for anew by whom may ask for one, and for the commit that may run now; a publication by maintainers
 * of the repository, and only of what its channel holds now.
 */
async function refuseRetry(
  bot: Bot,
  comment: CommandComment,
  command: Command,
  run: Run,
): Promise<Problem | undefined> {
  const asked: Command = run.kind === "trial" ? { verb: "test" } : command;
  const isPublication = run.kind === "publish";
  const who = isPublication ? "maintainer" : undefined;
  const allowed = authorise(asked, comment.actor, run.stream, who);
  if (!allowed.ok) return allowed.problem;
  if (isPublication) return refusePublication(comment.streams, run);
  return run.kind === "trial" ? whyNoTrial(bot, comment.repository, run) : undefined;
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
  const refusal = await refuseRetry(bot, comment, command, run);
  if (refusal !== undefined) return `- ${describeProblem(refusal)}`;
  const again = await requestAgain(bot, run, {
    cause: causeOfRetry(comment, run),
    requestedBy: comment.login,
    pullNumber: run.pullNumber ?? comment.issue,
    streams: comment.streams,
  });
  if (!again.ok) return `- ${describeProblem(again.problem)}`;
  return `- \`${run.subject}\` is ${doneAgain[run.kind]} again (attempt ${again.value.attempt}), with the inputs of ${run.commit.slice(0, 10)}.`;
}
