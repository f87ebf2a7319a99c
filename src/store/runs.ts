import type { RunRequest } from "../streams/runs/run-request.ts";
import { runSchema, type Run, type RunRow } from "./run-record.ts";
import type { Database } from "./tables.ts";

export interface NewRun {
  readonly id: string;
  /** Name of the PipelineRun. */
  readonly name: string;
  readonly request: RunRequest;
  readonly pullNumber: number | null;
  readonly requestedBy: string | null;
}

/**
 * What may change about a run; what it was asked for with never does. The name changes once, where a listener made
 * another up.
 */
export type RunChange = Partial<
  Pick<
    Run,
    | "name"
    | "state"
    | "reason"
    | "message"
    | "eventId"
    | "sentAt"
    | "submittedAt"
    | "startedAt"
    | "finishedAt"
    | "deadlineAt"
    | "results"
    | "logTail"
    | "pullNumber"
    | "dueAt"
    | "attempts"
    | "settled"
    | "error"
    | "stopNote"
  > & {
    readonly observed: DeepReadonly<Run["observed"]>;
  }
>;

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;

/** Keeps a run in state `requested`, due at once; false where it is known, or the same was asked for with other inputs. */
export async function insertRunIfAbsent(db: Database, run: NewRun, now: Date): Promise<boolean> {
  const { request } = run;
  const result = await db
    .insertInto("runs")
    .values({
      id: run.id,
      repositoryId: request.repositoryId,
      kind: request.kind,
      subject: request.subject,
      stream: request.stream,
      inputDigest: request.inputDigest,
      cause: request.cause,
      attempt: request.attempt,
      cluster: request.cluster,
      name: run.name,
      commit: request.commit,
      request: JSON.stringify(request),
      state: "requested",
      requestedAt: now.toISOString(),
      pullNumber: run.pullNumber,
      requestedBy: run.requestedBy,
      dueAt: now.toISOString(),
      attempts: 0,
      settled: 0,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return result.numInsertedOrUpdatedRows === 1n;
}

export async function getRun(db: Database, id: string): Promise<Run | undefined> {
  const row = await db.selectFrom("runs").selectAll().where("id", "=", id).executeTakeFirst();
  return row === undefined ? undefined : runSchema.parse(row);
}

/** Changes a run and gives it as it is then; undefined where there is none. */
export async function updateRun(
  db: Database,
  id: string,
  change: RunChange,
): Promise<Run | undefined> {
  const { results, observed, settled, ...plain } = change;
  const row: Partial<RunRow> = {
    ...plain,
    ...(results === undefined ? {} : { results: toJson(results) }),
    ...(observed === undefined ? {} : { observed: toJson(observed) }),
    ...(settled === undefined ? {} : { settled: settled ? 1 : 0 }),
  };
  // An UPDATE without any column is no SQL.
  if (Object.keys(row).length === 0) return getRun(db, id);
  const updated = await db
    .updateTable("runs")
    .set(row)
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirst();
  return updated === undefined ? undefined : runSchema.parse(updated);
}

function toJson(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value);
}
