import { buildInputs } from "./build-inputs.ts";
import { explainInputs } from "./explain-inputs.ts";
import { canonicalJson } from "../json.ts";
import { nextInstants } from "../runs/next-instants.ts";
import { placeOf } from "../place-of.ts";
import { planChannels } from "./plan-channels.ts";
import { plannedParams } from "./planned-params.ts";
import type { Plan, PlannedSchedule } from "./plan.ts";
import type { StreamsRepository } from "../repository.ts";
import type { PipelineRef, Stream } from "../types.ts";

const shownInstants = 3;

interface Decision {
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
  const decisions = [...head.streams.values()].map(({ path, value }) =>
    decide(base, head, value, broken.has(path)),
  );
  const built = decisions.filter(({ whyNot }) => whyNot === undefined);
  return {
    builds: built.map(({ stream, why }) => ({
      stream: stream.metadata.name,
      title: stream.spec.title,
      cluster: stream.spec.build.cluster,
      pipeline: describeRef(stream.spec.build.pipelineRef),
      params: plannedParams(head, stream, stream.spec.build),
      why,
    })),
    notBuilt: [
      ...decisions.flatMap(({ stream, whyNot }) =>
        whyNot === undefined ? [] : [{ stream: stream.metadata.name, why: whyNot }],
      ),
      ...unreadable(head),
    ],
    removed: [...base.streams].flatMap(([name, { path }]) =>
      head.streams.has(name) || head.files.has(path) ? [] : [name],
    ),
    schedules: decisions.flatMap(({ stream }) => changedSchedule(base, stream, options.now)),
    channels: planChannels(base, head, new Set(built.map(({ stream }) => stream.metadata.name))),
  };
}

function decide(
  base: StreamsRepository,
  head: StreamsRepository,
  stream: Stream,
  hasErrors: boolean,
): Decision {
  const before = base.streams.get(stream.metadata.name)?.value;
  const why =
    before === undefined
      ? ["new stream"]
      : explainInputs(buildInputs(base, before), buildInputs(head, stream));
  const { lifecycle, triggers } = stream.spec;
  if (why.length === 0) return { stream, why, whyNot: "no input of its build changed" };
  if (lifecycle?.state === "paused") return { stream, why: [], whyNot: "it is paused" };
  if (lifecycle?.state === "retired") return { stream, why: [], whyNot: "it is retired" };
  if (triggers?.merge === false) {
    return { stream, why: [], whyNot: "its merge trigger is off" };
  }
  if (hasErrors) return { stream, why: [], whyNot: "it has errors" };
  return { stream, why };
}

function unreadable({ files, streams }: StreamsRepository): { stream: string; why: string }[] {
  const read = new Set([...streams.values()].map(({ path }) => path));
  return [...files.keys()].flatMap((path) => {
    if (read.has(path)) return [];
    const place = placeOf(path);
    if (place.kind !== "stream") return [];
    return [{ stream: place.name, why: "it has errors" }];
  });
}

function changedSchedule(base: StreamsRepository, stream: Stream, now: Date): PlannedSchedule[] {
  const schedule = stream.spec.triggers?.schedule;
  const before = base.streams.get(stream.metadata.name)?.value.spec.triggers?.schedule;
  if (schedule === undefined || schedule === before) return [];
  if (canonicalJson(schedule) === canonicalJson(before)) return [];
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
