import type { ClusterClient, ObservedRun } from "../../cluster/types.ts";
import type { Problem } from "../../problem.ts";
import type { Run } from "../../store/run-record.ts";
import type { RunChange } from "../../store/runs.ts";
import { nextTry } from "../backoff.ts";
import type { Bot } from "../bot.ts";
import type { RunLoss } from "./decide-run-step.ts";
import { describeLoss } from "./describe-loss.ts";

/** A run that ended because somebody or something wanted it; `message` says what. */
export function cancelled(bot: Bot, message: string): RunChange {
  return {
    state: "cancelled",
    reason: "Cancelled",
    message,
    finishedAt: bot.now().toISOString(),
  };
}

/** The reason of a run that takes no place in the queue, as it would not use it. */
export const heldReason = "Held";

/** A run that is not to begin although it may be its turn; `message` says why. */
export function held(bot: Bot, message: string): RunChange {
  return { ...waitForTurn(bot, message), reason: heldReason };
}

/** A run that is not to be sent yet; `message` says what it waits for. */
export function waitForTurn(bot: Bot, message: string): RunChange {
  return { reason: null, message, dueAt: later(bot, bot.pollMs), attempts: 0, error: null };
}

/** A step that did not work and is tried again. */
export function waitFor(bot: Bot, run: Run, problem: Problem): RunChange {
  const attempts = run.attempts + 1;
  return {
    attempts,
    message: `Waiting for cluster ${run.cluster}: ${problem.what}`,
    error: problem.what,
    dueAt: nextTry(bot.now(), attempts, bot.retryMs, problem.retryAfterSeconds).toISOString(),
  };
}

/** A run that only a person can take further. */
export function park(problem: Problem): RunChange {
  const next = problem.next === undefined ? "" : ` ${problem.next}`;
  return { state: "parked", reason: "NeedsPerson", message: `${problem.what}${next}` };
}

/** A run that its listener made otherwise than the operator wants it, and that was stopped. */
export function refused(bot: Bot, observed: ObservedRun, breach: string): RunChange {
  return {
    name: observed.name,
    state: "parked",
    reason: "NotAsFixed",
    message:
      `PipelineRun ${observed.name} ${breach}. The bot's operator fixed that in the server file, so the run was stopped and its result does not count. ` +
      "Let the listener's templates hand on what they are sent: `okd-streams tekton manifests` makes such.",
    observed,
    finishedAt: bot.now().toISOString(),
  };
}

/**
 * A run whose cluster its repository may not use, or that the bot does not know any more. What was sent may be running:
 * it is looked for again, so that the cluster's return shows how it ended.
 */
export function withoutCluster(bot: Bot, run: Run, problem: Problem): RunChange {
  if (run.sentAt === null && run.state === "requested") return park(problem);
  if (run.stopNote !== null)
    return cancelled(
      bot,
      `${run.stopNote} Whether it still runs on the cluster is not known. ${problem.what}`,
    );
  const what = `How it stands is not known: ${problem.what}`;
  const next = "It is looked at again when that changes; `/cancel` gives it up.";
  return { message: `${what} ${next}`, error: problem.what, dueAt: later(bot, bot.pollMs) };
}

/** A run that is not looked for any more. */
export function giveUp(
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
export function pauseOf(bot: Bot, client: ClusterClient): number {
  return bot.watched.has(client) ? 4 * bot.pollMs : bot.pollMs;
}

/** A moment from now, as the store keeps it. */
export function later(bot: Bot, byMs: number): string {
  return new Date(bot.now().getTime() + byMs).toISOString();
}
