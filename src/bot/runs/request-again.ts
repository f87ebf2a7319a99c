import { isDeepStrictEqual } from "node:util";
import { failed, ok, type Result } from "../../problem.ts";
import { listRuns } from "../../store/find-runs.ts";
import type { Run } from "../../store/run-record.ts";
import { insertRunIfAbsent } from "../../store/runs.ts";
import type { StreamsRepository } from "../../streams/repository.ts";
import { runKey, runName } from "../../streams/runs/run-key.ts";
import type { Cause, RunRequest } from "../../streams/runs/run-request.ts";
import type { Bot } from "../bot.ts";
import { verificationOfCause } from "../releases/verification-of-cause.ts";
import { checkActive } from "./check-active.ts";
import { isOver } from "./run-report.ts";

export interface AskedAgain {
  readonly cause: Cause;
  readonly requestedBy: string;
  readonly pullNumber: number | null;
  /** What the default branch says now. */
  readonly streams: StreamsRepository;
}

const mostAttempts = 1000;

/**
 * Asks for the next attempt of a run, with the inputs that it had. A build of a stream that is not built any more is
 * refused, and so is whatever is under way already; the same cause asks once.
 */
export async function requestAgain(
  bot: Bot,
  run: Run,
  asked: AskedAgain,
): Promise<Result<RunRequest>> {
  // A trial may be of a stream that the default branch does not have yet.
  const isKnown =
    run.kind === "build" || (run.kind === "trial" && asked.streams.streams.has(run.stream));
  const active = isKnown ? checkActive(asked.streams, run.stream) : ok(undefined);
  if (!active.ok) return active;
  const { repositoryId, kind, subject } = run;
  return bot.lock.run(`again ${repositoryId} ${kind} ${subject}`, () =>
    requestNext(bot, run, asked),
  );
}

async function requestNext(
  bot: Bot,
  run: Run,
  { cause, requestedBy, pullNumber }: AskedAgain,
): Promise<Result<RunRequest>> {
  const attempts = await listAttempts(bot, run);
  const known = attempts.find((other) => other.cause === cause && other.attempt > run.attempt);
  if (known !== undefined) return ok(known.request);
  const current = attempts.find(({ state }) => !isOver(state));
  if (current !== undefined)
    return failed({
      kind: "conflict",
      what: `\`${current.name}\` (attempt ${current.attempt}), which is for the same, is still ${current.state}.`,
      next: "Wait for its end, or cancel it first.",
    });
  const attempt = Math.max(run.attempt, ...attempts.map((other) => other.attempt)) + 1;
  const request: RunRequest = { ...run.request, cause, attempt };
  const named = { id: runKey(request), name: runName(request) };
  await insertRunIfAbsent(bot.db, { ...named, request, pullNumber, requestedBy }, bot.now());
  bot.wake();
  return ok(request);
}

/** The runs for the same purpose with the same inputs, whatever caused them; newest first. */
async function listAttempts(bot: Bot, run: Run): Promise<readonly Run[]> {
  const { repositoryId, kind, subject, commit } = run;
  const runs = await listRuns(bot.db, { repositoryId, kind, subject, commit }, mostAttempts);
  return runs.filter(
    ({ cause, inputDigest, request }) =>
      inputDigest === run.inputDigest &&
      verificationOfCause(cause) === verificationOfCause(run.cause) &&
      isDeepStrictEqual(request.upstreams, run.request.upstreams),
  );
}
