import { ok, type Result } from "../../problem.ts";
import type { Run } from "../../store/run-record.ts";
import { insertRunIfAbsent } from "../../store/runs.ts";
import type { StreamsRepository } from "../../streams/repository.ts";
import { runKey, runName } from "../../streams/runs/run-key.ts";
import type { Cause, RunRequest } from "../../streams/runs/run-request.ts";
import type { Bot } from "../bot.ts";
import { checkActive } from "./check-active.ts";

export interface AskedAgain {
  readonly cause: Cause;
  readonly requestedBy: string;
  readonly pullNumber: number | null;
  /** What the default branch says now. */
  readonly streams: StreamsRepository;
}

/** Asks for the next attempt of a run, with the inputs that it had. A build of a stream that is not built any more is refused. */
export async function requestAgain(
  bot: Bot,
  run: Run,
  { cause, requestedBy, pullNumber, streams }: AskedAgain,
): Promise<Result<RunRequest>> {
  // A trial may be of a stream that the default branch does not have yet.
  const isKnown = run.kind === "build" || (run.kind === "trial" && streams.streams.has(run.stream));
  const active = isKnown ? checkActive(streams, run.stream) : ok(undefined);
  if (!active.ok) return active;
  const request: RunRequest = { ...run.request, cause, attempt: run.attempt + 1 };
  const named = { id: runKey(request), name: runName(request) };
  await insertRunIfAbsent(bot.db, { ...named, request, pullNumber, requestedBy }, bot.now());
  bot.wake();
  return ok(request);
}
