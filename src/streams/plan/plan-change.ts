import { buildInputs } from "./build-inputs.ts";
import { explainInputs } from "./explain-inputs.ts";
import { canonicalJson } from "../json.ts";
import { nextInstants } from "../runs/next-instants.ts";
import { placeOf } from "../place-of.ts";
import { planChannels } from "./plan-channels.ts";
import { planCollisions } from "./plan-collisions.ts";
import { plannedParams } from "./planned-params.ts";
import { plannedRequest } from "./planned-request.ts";
import type { Plan, PlannedBuild, PlannedSchedule } from "./plan.ts";
import type { StreamsRepository } from "../repository.ts";
import { haveSameEntries } from "../same-entries.ts";
import type { PipelineRef, Stream } from "../types.ts";

const shownInstants = 3;
const unchanged = "no input of its build changed";

interface Decision {
  readonly before: Stream | undefined;
  readonly stream: Stream;
  /** Why it is built; empty where it is not. */
  readonly why: readonly string[];
  readonly whyNot?: string;
}

/** What the merge that turns `base` into `head` would build, with which params and why; schedules from `now`. */
export function planChange(
  base: StreamsRepository,
  head: StreamsRepository,
  options: { readonly now: Date },
): Plan {
  const broken = new Set(
    head.findings.flatMap(({ file, severity }) => (severity === "error" ? [file] : [])),
  );
  const sameFiles =
    haveSameEntries(base.pipelines, head.pipelines) && haveSameEntries(base.tasks, head.tasks);
  const notBuilt: Plan["notBuilt"][number][] = [];
  const built: Decision[] = [];
  const schedules: PlannedSchedule[] = [];
  for (const [name, { path, value: stream }] of head.streams) {
    const before = base.streams.get(name)?.value;
    // One change leaves nearly all streams as they were.
    if (sameFiles && before === stream) {
      notBuilt.push({ stream: name, why: unchanged });
      continue;
    }
    const decision = decide(base, head, before, stream, broken.has(path));
    if (decision.whyNot === undefined) built.push(decision);
    else notBuilt.push({ stream: name, why: decision.whyNot });
    schedules.push(...changedSchedule(before, stream, options.now));
  }
  return {
    builds: built.map((decision) => plannedBuild(head, decision)),
    collisions: planCollisions(base, head),
    triggers: { gaps: [], notVerified: [] },
    needs: { gaps: [], notVerified: [] },
    notBuilt: [...notBuilt, ...unreadable(head)],
    removed: [...base.streams].flatMap(([name, { path }]) =>
      head.streams.has(name) || head.files.has(path) ? [] : [name],
    ),
    schedules,
    channels: planChannels(base, head, new Set(built.map(({ stream }) => stream.metadata.name))),
  };
}

function plannedBuild(head: StreamsRepository, { before, stream, why }: Decision): PlannedBuild {
  const { build, title } = stream.spec;
  return {
    stream: stream.metadata.name,
    title,
    cluster: build.cluster,
    pipeline: describeRef(build.pipelineRef),
    params: plannedParams(head, stream, build),
    why,
    run: {
      before: before === undefined ? undefined : plannedRequest(before, before.spec.build),
      after: plannedRequest(stream, build),
    },
  };
}

function decide(
  base: StreamsRepository,
  head: StreamsRepository,
  before: Stream | undefined,
  stream: Stream,
  hasErrors: boolean,
): Decision {
  const why =
    before === undefined
      ? ["new stream"]
      : explainInputs(buildInputs(base, before), buildInputs(head, stream));
  const whyNot = why.length === 0 ? unchanged : reasonAgainst(stream, hasErrors);
  return { before, stream, why, ...(whyNot === undefined ? {} : { whyNot }) };
}

/** Why a stream whose inputs changed is not built by the merge. */
function reasonAgainst({ spec }: Stream, hasErrors: boolean): string | undefined {
  const { lifecycle, triggers } = spec;
  if (lifecycle?.state === "paused") return "it is paused";
  if (lifecycle?.state === "retired") return "it is retired";
  if (triggers?.merge === false) return "its merge trigger is off";
  return hasErrors ? "it has errors" : undefined;
}

function unreadable({ files, streams }: StreamsRepository): { stream: string; why: string }[] {
  // Nearly every file is that of the stream of its name; only for others it is worth to look at all streams.
  const others = [...files.keys()].flatMap((path) => {
    if (streams.get(path.slice("streams/".length, -".yaml".length))?.path === path) return [];
    const place = placeOf(path);
    return place.kind === "stream" ? [{ path, name: place.name }] : [];
  });
  if (others.length === 0) return [];
  const read = new Set([...streams.values()].map(({ path }) => path));
  return others.flatMap(({ path, name }) =>
    read.has(path) ? [] : [{ stream: name, why: "it has errors" }],
  );
}

function changedSchedule(before: Stream | undefined, stream: Stream, now: Date): PlannedSchedule[] {
  const schedule = stream.spec.triggers?.schedule;
  if (schedule === undefined) return [];
  if (canonicalJson(schedule) === canonicalJson(before?.spec.triggers?.schedule)) return [];
  const next = nextInstants(schedule, now, shownInstants);
  const instants = next.ok ? next.value.map((instant) => instant.toISOString()) : [];
  const { cron, timeZone = "UTC" } = schedule;
  return [{ stream: stream.metadata.name, cron, timeZone, next: instants }];
}

function describeRef(ref: PipelineRef): string {
  if ("path" in ref) return ref.path;
  if ("name" in ref) return `${ref.name} (on the cluster)`;
  return `${ref.git.url} at ${ref.git.revision}, ${ref.git.path}`;
}
