import type { RunRequest } from "../streams/runs/run-request.ts";
import { runSchema, type Run, type RunRow, type RunState } from "./run-record.ts";
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

export interface RunFilter {
  readonly repositoryId?: number;
  readonly stream?: string;
  readonly subject?: string;
  readonly kind?: Run["kind"];
  readonly cluster?: string;
  readonly cause?: Run["cause"];
  readonly inputDigest?: string;
  readonly pullNumber?: number;
  readonly states?: readonly RunState[];
}

/** Long enough to mean one run. */
const shortId = /^[0-9a-f]{6,64}$/;

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

/** The run whose PipelineRun has this name on this cluster, for the hints that clusters send. */
export async function findRunByName(
  db: Database,
  cluster: string,
  name: string,
): Promise<Run | undefined> {
  const row = await db
    .selectFrom("runs")
    .selectAll()
    .where("cluster", "=", cluster)
    .where("name", "=", name)
    .orderBy("requestedAt", "desc")
    .executeTakeFirst();
  return row === undefined ? undefined : runSchema.parse(row);
}

/** The run of a repository with this name, or whose id begins so. */
export async function findNamedRun(
  db: Database,
  repositoryId: number,
  name: string,
): Promise<Run | undefined> {
  const row = await db
    .selectFrom("runs")
    .selectAll()
    .where("repositoryId", "=", repositoryId)
    .where((column) =>
      column.or([
        column("name", "=", name),
        ...(shortId.test(name) ? [column("id", "like", `${name}%`)] : []),
      ]),
    )
    .orderBy("requestedAt", "desc")
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : runSchema.parse(row);
}

/** The run that an event of this id has just asked for, while its PipelineRun's name is not known yet. */
export async function findRunByEvent(
  db: Database,
  cluster: string,
  eventId: string,
): Promise<Run | undefined> {
  const row = await db
    .selectFrom("runs")
    .selectAll()
    .where("state", "=", "submitted")
    .where("cluster", "=", cluster)
    .where("eventId", "=", eventId)
    .executeTakeFirst();
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

/** Makes a run due now, as a hint asks for. */
export async function wakeRun(db: Database, id: string, now: Date): Promise<void> {
  await db
    .updateTable("runs")
    .set({ dueAt: now.toISOString() })
    .where("id", "=", id)
    .where("settled", "=", 0)
    .execute();
}

/** Makes the runs of a cluster due that wait for their turn, as one of them may begin. */
export async function wakeWaitingRuns(db: Database, cluster: string, now: Date): Promise<void> {
  await db
    .updateTable("runs")
    .set({ dueAt: now.toISOString() })
    .where("cluster", "=", cluster)
    .where("state", "=", "requested")
    .where("sentAt", "is", null)
    .where("dueAt", ">", now.toISOString())
    .execute();
}

/** The runs to look at now, those that wait longest first. */
export async function dueRuns(db: Database, now: Date, limit: number): Promise<readonly Run[]> {
  const rows = await db
    .selectFrom("runs")
    .selectAll()
    .where("dueAt", "<=", now.toISOString())
    .orderBy("dueAt")
    .limit(limit)
    .execute();
  return rows.map((row) => runSchema.parse(row));
}

/** The runs that match, newest request first. */
export async function listRuns(
  db: Database,
  filter: RunFilter,
  limit: number,
): Promise<readonly Run[]> {
  const { states, ...equal } = filter;
  const rows = await db
    .selectFrom("runs")
    .selectAll()
    .where((column) => column.and(equal))
    .$if(states !== undefined, (query) => query.where("state", "in", [...(states ?? [])]))
    .orderBy("requestedAt", "desc")
    .orderBy("attempt", "desc")
    .limit(limit)
    .execute();
  return rows.map((row) => runSchema.parse(row));
}

/** The newest run of a kind of each stream, by the stream's name. */
export async function latestRuns(
  db: Database,
  repositoryId: number,
  kind: Run["kind"],
): Promise<ReadonlyMap<string, Run>> {
  const rows = await db
    .with("ranked", (from) =>
      from
        .selectFrom("runs")
        .selectAll()
        .select((column) =>
          column.fn
            .agg<number>("row_number")
            .over((over) =>
              over.partitionBy("stream").orderBy("requestedAt", "desc").orderBy("attempt", "desc"),
            )
            .as("place"),
        )
        .where("repositoryId", "=", repositoryId)
        .where("kind", "=", kind),
    )
    .selectFrom("ranked")
    .selectAll()
    .where("place", "=", 1)
    .orderBy("stream")
    .execute();
  return new Map(rows.map((row) => [row.stream, runSchema.parse(row)]));
}
