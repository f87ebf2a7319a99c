import { runPayload } from "../../cluster/run-payload.ts";
import type { ClusterClient, ObservedRun } from "../../cluster/types.ts";
import { describeProblem, ok, type Problem, type Result } from "../../problem.ts";
import { getRepository } from "../../store/repositories.ts";
import type { Repository } from "../../store/repository-record.ts";
import type { Run } from "../../store/run-record.ts";
import { getRun, updateRun, wakeWaitingRuns, type RunChange } from "../../store/runs.ts";
import { nextTry } from "../backoff.ts";
import type { Bot, OfferedCluster } from "../bot.ts";
import { decideRunStep, type PendingRun, type RunLoss } from "./decide-run-step.ts";
import { findTrialCluster } from "../trials/find-trial-cluster.ts";
import { whyNoTrial } from "../trials/why-no-trial.ts";
import { describeLoss } from "./describe-loss.ts";
import { trackStream } from "../failures/track-stream.ts";
import { findOfferedCluster } from "./find-offered-cluster.ts";
import { readLogTail } from "./read-log-tail.ts";
import { refuseUses } from "./refuse-uses.ts";
import { reportRun } from "./report-run.ts";
import { isOver } from "./run-report.ts";
import { settleRun } from "./settle-run.ts";
import { takeTurn } from "./take-turn.ts";

/**
 * Takes one run as far as it goes now: asks for it, sees how it stands, says so on GitHub, and carries out what
 * follows from its end. Every part may be repeated, so a crash anywhere is mended by the next call.
 */
export async function advanceRun(bot: Bot, id: string): Promise<void> {
  await bot.lock.run(`run ${id}`, async () => {
    const run = await getRun(bot.db, id);
    if (run === undefined || run.settled) return;
    const repository = await getRepository(bot.db, run.repositoryId);
    if (repository === undefined) {
      // Nobody is left to report to; the installation's return makes it due again through a new request.
      await updateRun(bot.db, id, { dueAt: null });
      return;
    }
    const seen = isOver(run.state) ? run : await lookAtRun(bot, repository, run);
    if (seen.state !== run.state)
      bot.log.info({ run: run.name, from: run.state, to: seen.state }, "a run went on");
    await reportRun(bot, repository, seen);
    if (!isOver(seen.state)) return;
    await wakeWaitingRuns(bot.db, run.cluster, bot.now());
    await settleRun(bot, repository, seen);
    if (run.kind === "build" || run.kind === "verify")
      await trackStream(bot, repository, run.stream, id);
    await updateRun(bot.db, id, { settled: true, dueAt: null });
    // What follows may have named the release that the report shows.
    await reportRun(bot, repository, seen);
  });
}

async function lookAtRun(bot: Bot, repository: Repository, run: Run): Promise<Run> {
  const offered =
    run.kind === "trial"
      ? findTrialCluster(bot, repository, run.cluster)
      : findOfferedCluster(bot, repository, run.cluster);
  if (!offered.ok) return change(bot, run, park(offered.problem));
  const refusal = refuseUses(bot, offered.value, run);
  if (refusal !== undefined) return change(bot, run, park(refusal));
  const { client } = offered.value;
  const read = await readFrom(client, run);
  if (!read.ok) return change(bot, run, failedRead(bot, run, read.problem));
  const step = decideRunStep(pendingRun(run, offered.value), read.value, bot.now().getTime());
  switch (step.do) {
    case "submit": {
      const refusal = run.kind === "trial" ? await whyNoTrial(bot, repository, run) : undefined;
      if (refusal !== undefined) return change(bot, run, cancelled(bot, describeProblem(refusal)));
      const turn = await takeTurn(bot, run, offered.value);
      if (!turn.isDue) return change(bot, run, waitForTurn(bot, turn.message));
      return change(bot, run, await submit(bot, repository, run, offered.value));
    }
    case "wait":
      return change(bot, run, { dueAt: later(bot, pauseOf(bot, client)) });
    case "record":
      return change(bot, run, await record(bot, offered.value, run, step.observed));
    case "stop": {
      const stopped = await client.cancelRun(step.observed.name);
      if (!stopped.ok) return change(bot, run, waitFor(bot, run, stopped.problem));
      return change(bot, run, await record(bot, offered.value, run, step.observed));
    }
    case "cancel":
      return change(bot, run, cancelled(bot, run.stopNote ?? ""));
    case "give-up":
      return change(bot, run, giveUp(bot, run, client, step.as, step.reason));
  }
}

async function readFrom(
  client: ClusterClient,
  { name, eventId }: Run,
): Promise<Result<ObservedRun | undefined>> {
  if (client.runNames === "fixed") return client.readRun(name);
  return eventId === null ? ok(undefined) : client.findRun(eventId);
}

/** What stands on the cluster against the rules is for a person; everything else may be better later. */
function failedRead(bot: Bot, run: Run, problem: Problem): RunChange {
  return problem.kind === "conflict" ? park(problem) : waitFor(bot, run, problem);
}

async function change(bot: Bot, run: Run, by: RunChange): Promise<Run> {
  return (await updateRun(bot.db, run.id, by)) ?? run;
}

function pendingRun(run: Run, { client, startDeadlineMs }: OfferedCluster): PendingRun {
  const { id, state, sentAt, stopNote, eventId, deadlineAt } = run;
  const isSeen = state === "submitted" || state === "queued" || state === "running";
  const deadline = deadlineAt === null ? undefined : Date.parse(deadlineAt);
  return {
    id,
    state: isSeen ? state : "requested",
    isSent: sentAt !== null || isSeen,
    isStopped: stopNote !== null,
    runNames: client.runNames,
    eventId,
    startDeadline: deadline ?? (sentAt === null ? undefined : Date.parse(sentAt) + startDeadlineMs),
  };
}

async function submit(
  bot: Bot,
  repository: Repository,
  run: Run,
  { client, serviceAccount, startDeadlineMs }: OfferedCluster,
): Promise<RunChange> {
  const fullName = `${repository.owner}/${repository.name}`;
  const payload = runPayload(run.request, {
    repositoryFullName: fullName,
    repositoryUrl: `${bot.gitHubUrl}/${fullName}.git`,
    ...(serviceAccount === undefined ? {} : { serviceAccount }),
  });
  const answer = await client.submit(payload);
  if (answer.outcome === "taken") {
    return {
      state: "submitted",
      eventId: answer.eventId,
      submittedAt: bot.now().toISOString(),
      deadlineAt: later(bot, startDeadlineMs),
      dueAt: later(bot, Math.min(bot.pollMs, bot.retryMs)),
      attempts: 0,
      message: "",
      error: null,
    };
  }
  const { outcome, problem } = answer;
  if (outcome === "refused") {
    return {
      state: "failed",
      reason: "RequestRefused",
      message: `The EventListener of cluster ${run.cluster} refused the request. ${problem.what}`,
      finishedAt: bot.now().toISOString(),
      error: problem.what,
    };
  }
  if (outcome === "unknown" && client.runNames === "generated")
    return giveUp(bot, { ...run, error: problem.what }, client, "parked", "answer-lost");
  return { ...waitFor(bot, run, problem), ...(outcome === "unsent" ? { sentAt: null } : {}) };
}

async function record(
  bot: Bot,
  { client }: OfferedCluster,
  run: Run,
  observed: ObservedRun,
): Promise<RunChange> {
  const over = isOver(observed.phase);
  return {
    name: observed.name,
    state: observed.phase,
    reason: observed.reason,
    message: messageOf(observed, run.stopNote),
    ...(observed.startedAt === undefined ? {} : { startedAt: observed.startedAt }),
    ...(observed.finishedAt === undefined ? {} : { finishedAt: observed.finishedAt }),
    results: observed.results,
    observed,
    ...(over && observed.phase !== "succeeded"
      ? { logTail: await readLogTail(client, observed) }
      : {}),
    dueAt: later(bot, over ? 0 : pauseOf(bot, client)),
    attempts: 0,
    error: null,
  };
}

function messageOf({ phase, message }: ObservedRun, stopNote: string | null): string {
  if (phase === "succeeded") return "";
  return phase === "failed" || stopNote === null ? message : stopNote;
}

function cancelled(bot: Bot, message: string): RunChange {
  return {
    state: "cancelled",
    reason: "Cancelled",
    message,
    finishedAt: bot.now().toISOString(),
  };
}

function waitForTurn(bot: Bot, message: string): RunChange {
  return { message, dueAt: later(bot, bot.pollMs), attempts: 0, error: null };
}

function waitFor(bot: Bot, run: Run, problem: Problem): RunChange {
  const attempts = run.attempts + 1;
  return {
    attempts,
    message: `Waiting for cluster ${run.cluster}: ${problem.what}`,
    error: problem.what,
    dueAt: nextTry(bot.now(), attempts, bot.retryMs, problem.retryAfterSeconds).toISOString(),
  };
}

function park(problem: Problem): RunChange {
  const next = problem.next === undefined ? "" : ` ${problem.next}`;
  return { state: "parked", reason: "NeedsPerson", message: `${problem.what}${next}` };
}

function giveUp(
  bot: Bot,
  run: Run,
  client: ClusterClient,
  state: "lost" | "parked",
  loss: RunLoss,
): RunChange {
  return {
    state,
    reason: loss,
    message: describeLoss(loss, run, client),
    error: run.error,
    finishedAt: bot.now().toISOString(),
  };
}

/** A cluster that is watched tells by itself; looking all the same catches what a dead connection swallowed. */
function pauseOf(bot: Bot, client: ClusterClient): number {
  return bot.watched.has(client) ? 4 * bot.pollMs : bot.pollMs;
}

function later(bot: Bot, byMs: number): string {
  return new Date(bot.now().getTime() + byMs).toISOString();
}
