import { ok, type Result } from "../../problem.ts";
import type { Repository } from "../../store/repository-record.ts";
import { insertRunIfAbsent } from "../../store/runs.ts";
import type { Database } from "../../store/tables.ts";
import { resolveRun, type RunToResolve } from "../../streams/runs/resolve-run.ts";
import { runKey, runName } from "../../streams/runs/run-key.ts";
import type { Bot } from "../bot.ts";

/** A run that is wanted, and whom to tell of it. */
export interface WantedRun extends Omit<RunToResolve, "repositoryId" | "time"> {
  readonly pullNumber?: number;
  readonly requestedBy?: string;
}

/**
 * Keeps the request for a run, which the run worker then carries out; a request of the same key is kept once.
 * Gives the run's id. `db` may be a transaction.
 */
export async function requestRun(
  bot: Bot,
  repository: Repository,
  wanted: WantedRun,
  db: Database = bot.db,
): Promise<Result<{ readonly id: string; readonly isNew: boolean }>> {
  const { pullNumber, requestedBy, ...toResolve } = wanted;
  const now = bot.now();
  const request = resolveRun({ ...toResolve, repositoryId: repository.id, time: now });
  if (!request.ok) return request;
  const id = runKey(request.value);
  const isNew = await insertRunIfAbsent(
    db,
    {
      id,
      name: runName(request.value),
      request: request.value,
      pullNumber: pullNumber ?? null,
      requestedBy: requestedBy ?? null,
    },
    now,
  );
  return ok({ id, isNew });
}
