import type { Checkable } from "../checkable.ts";
import { pipelineOf } from "../../elsewhere/pipeline-of.ts";
import { renameKey } from "../../../yaml/node-fix.ts";
import { mistakeAt } from "../mistake.ts";
import type { Mistake } from "../mistake.ts";
import { quoted } from "../../../quoted.ts";
import type { Sourced } from "../../repository.ts";
import { nearestName } from "../../../suggest-name.ts";
import { tell } from "./tracked.ts";
import { allTraces } from "./traces.ts";
import type { Stream } from "../../types.ts";

/** Streams that give the same params. */
interface Alike {
  readonly given: ReadonlySet<string>;
  readonly streams: Sourced<Stream>[];
}

/** The streams of one pipeline, by the names of the params that they give. */
type Siblings = Map<string, Alike>;

const paramsPath = ["spec", "build", "params"];

/** Params that a stream leaves to their default while nearly all streams of the same pipeline give them. */
export function checkSiblingDefaults(repository: Checkable): Mistake[] {
  const pipelines = new Map<string, Siblings>();
  for (const { stream, pipeline, given } of allTraces(repository)) {
    if (given === "") continue;
    const siblings = pipelines.get(pipeline) ?? new Map<string, Alike>();
    const alike = siblings.get(given) ?? { given: new Set(given.split(" ")), streams: [] };
    alike.streams.push(stream);
    if (alike.streams.length === 1) siblings.set(given, alike);
    if (siblings.size === 1) pipelines.set(pipeline, siblings);
  }
  return [...pipelines.values()].flatMap((siblings) => checkSiblings(repository, siblings));
}

function checkSiblings(repository: Checkable, siblings: Siblings): Mistake[] {
  if (siblings.size < 2) return [];
  const groups = [...siblings.values()];
  const giving = new Map<string, Sourced<Stream>[]>();
  for (const { given, streams } of groups) {
    for (const param of given) {
      const givers = giving.get(param);
      if (givers === undefined) giving.set(param, [...streams]);
      else givers.push(...streams);
    }
  }
  const count = groups.reduce((sum, { streams }) => sum + streams.length, 0);
  return [...giving].flatMap(([param, givers]) => {
    if (!nearlyAllGive(givers.length, count)) return [];
    const values = new Set(givers.map((stream) => valueOf(stream, param)));
    return groups
      .filter(({ given }) => !given.has(param))
      .flatMap(({ streams }) => streams)
      .filter((stream) => defaultMatters(repository, stream, param, values))
      .flatMap((stream) => leftToDefault(repository, stream, param, givers));
  });
}

/** At least two, and two of three: what some set and some do not is a choice. */
function nearlyAllGive(giving: number, count: number): boolean {
  return giving >= 2 && giving < count && giving >= (count - giving) * 2;
}

function valueOf({ value }: Sourced<Stream>, param: string): string {
  return value.spec.build.params?.[param] ?? "";
}

/** Whether it is unknown what the stream gets, or something else than one of the others. */
function defaultMatters(
  repository: Checkable,
  stream: Sourced<Stream>,
  param: string,
  values: ReadonlySet<string>,
): boolean {
  const pipeline = pipelineOf(repository, stream.value.spec.build);
  if (pipeline === undefined) return true;
  const declared = (pipeline.spec.params ?? []).find(({ name }) => name === param);
  // One that is not declared, or has no default, is a mistake of its own.
  if (typeof declared?.default !== "string") return false;
  return values.size > 1 || !values.has(declared.default);
}

function leftToDefault(
  repository: Checkable,
  { source, value }: Sourced<Stream>,
  param: string,
  givers: readonly Sourced<Stream>[],
): Mistake[] {
  const pipeline = pipelineOf(repository, value.spec.build);
  const declared = (pipeline?.spec.params ?? []).find(({ name }) => name === param);
  const what =
    declared === undefined ? "the pipeline's default" : `its default, ${quoted(declared.default)}`;
  const message = `${quoted(param)} is left to ${what}, and other streams of this pipeline give it: ${tellGivers(param, givers)}.`;
  const written = misspeltAs(param, value, givers);
  if (written === undefined) {
    const help = `Add \`${param}:\` under \`params\`, with the default if that is meant.`;
    return [mistakeAt(source, "sibling-default", paramsPath, "key", { message, help })];
  }
  // A pipeline that is known does not have the misspelt param, which is a mistake of its own.
  if (pipeline !== undefined) return [];
  const path = [...paramsPath, written];
  const help = `Did you mean ${quoted(param)} by ${quoted(written)}?`;
  const fix = renameKey(path, param);
  return [mistakeAt(source, "sibling-default", path, "key", { message, help, fix })];
}

function tellGivers(param: string, givers: readonly Sourced<Stream>[]): string {
  const path = [...paramsPath, param];
  const shown = givers
    .slice(0, 3)
    .map((stream) => `${quoted(valueOf(stream, param))} by ${tell({ stream, path })}`);
  const more = givers.length - shown.length;
  return `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** A param of nearly that name, which none of those that give it has. */
function misspeltAs(
  param: string,
  { spec }: Stream,
  givers: readonly Sourced<Stream>[],
): string | undefined {
  const others = new Set(
    givers.flatMap((giver) => Object.keys(giver.value.spec.build.params ?? {})),
  );
  const own = Object.keys(spec.build.params ?? {}).filter((name) => !others.has(name));
  return nearestName(param, own);
}
