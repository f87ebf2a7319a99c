import type { ClusterClient, ObservedRun } from "../../cluster/types.ts";
import { describeProblem, ok, type Problem, type Result } from "../../problem.ts";
import { getRepository } from "../../store/repositories.ts";
import type { Repository } from "../../store/repository-record.ts";
import type { Run } from "../../store/run-record.ts";
import { wakeWaitingRuns } from "../../store/due-runs.ts";
import { getRun, updateRun, type RunChange } from "../../store/runs.ts";
import type { Bot, OfferedCluster } from "../bot.ts";
import { isDue } from "../is-due.ts";
import { decideRunStep, type PendingRun } from "./decide-run-step.ts";
import { whyNoTrial } from "../trials/why-no-trial.ts";
import { trackStream } from "../failures/track-stream.ts";
import type { FixedByOperator } from "./breach-of-run.ts";
import { findClusterOfRun } from "./find-cluster-of-run.ts";
import { noteOnNeeds } from "./note-on-needs.ts";
import { recordObserved } from "./record-observed.ts";
import { refuseUses } from "./refuse-uses.ts";
import { reportRun } from "./report-run.ts";
import {
  cancelled,
  giveUp,
  held,
  later,
  park,
  pauseOf,
  refused,
  waitFor,
  waitForTurn,
  withoutCluster,
} from "./run-changes.ts";
import { isOver } from "./run-report.ts";
import { settleRun } from "./settle-run.ts";
import { submitRequest } from "./submit-request.ts";
import { takeTurn } from "./take-turn.ts";
import { whyNotBegin } from "./why-not-begin.ts";

/**
 * Takes one run as far as it goes now: asks for it, sees how it stands, says so on GitHub, and carries out what
 * follows from its end. Every part may be repeated, so a crash anywhere is mended by the next call. False where another
 * process is at it.
 */
export async function advanceRun(bot: Bot, id: string): Promise<boolean> {
  return bot.lock.tryRun(`run ${id}`, async () => {
    const run = await getRun(bot.db, id);
    if (run === undefined || run.settled || !isDue(run, bot.now())) return;
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
  const offered = findClusterOfRun(bot, repository, run);
  if (!offered.ok) return change(bot, run, withoutCluster(bot, run, offered.problem));
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
      const hold = await whyNotBegin(bot, repository, run);
      if (hold !== undefined)
        return change(
          bot,
          run,
          hold.lasts === "for good" ? cancelled(bot, hold.why) : held(bot, hold.why),
        );
      const note = await noteOnNeeds(bot, run, client);
      const turn = await takeTurn(bot, run, offered.value);
      if (!turn.isDue)
        return change(bot, run, waitForTurn(bot, `${turn.message}\n\n${note}`.trimEnd()));
      return change(bot, run, await submitRequest(bot, repository, run, offered.value, note));
    }
    case "wait":
      return change(bot, run, { dueAt: later(bot, pauseOf(bot, client)) });
    case "record":
      return change(bot, run, await recordObserved(bot, client, run, step.observed));
    case "stop": {
      const stopped = await client.cancelRun(step.observed.name);
      if (!stopped.ok) return change(bot, run, waitFor(bot, run, stopped.problem));
      return change(bot, run, await recordObserved(bot, client, run, step.observed));
    }
    case "refuse": {
      const { observed, breach } = step;
      if (!isOver(observed.phase)) {
        const stopped = await client.cancelRun(observed.name);
        if (!stopped.ok) return change(bot, run, waitFor(bot, run, stopped.problem));
      }
      return change(bot, run, refused(bot, observed, breach));
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

function pendingRun(
  run: Run,
  { client, startDeadlineMs, serviceAccount, params }: OfferedCluster & FixedByOperator,
): PendingRun {
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
    fixed: { params, ...(serviceAccount === undefined ? {} : { serviceAccount }) },
    startDeadline: deadline ?? (sentAt === null ? undefined : Date.parse(sentAt) + startDeadlineMs),
  };
}
