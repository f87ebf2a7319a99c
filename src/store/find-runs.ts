import { runSchema, type Run, type RunState } from "./run-record.ts";
import type { Database } from "./tables.ts";

export interface RunFilter {
  readonly repositoryId?: number;
  readonly stream?: string;
  readonly subject?: string;
  readonly kind?: Run["kind"];
  readonly cluster?: string;
  readonly cause?: Run["cause"];
  readonly inputDigest?: string;
  readonly commit?: string;
  readonly pullNumber?: number;
  readonly states?: readonly RunState[];
}

/** Long enough to mean one run. */
const shortId = /^[0-9a-f]{6,64}$/;

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
