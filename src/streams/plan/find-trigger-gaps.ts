import { letsThrough } from "../../tekton/lets-through.ts";
import { isRecord, valueAt } from "../json.ts";
import { isReservedParam } from "../runs/reserved-params.ts";
import { bodyPathsIn } from "../tekton-files/listened.ts";
import type { ListenedTrigger } from "../tekton-files/listened.ts";
import type { TriggerGap } from "./plan.ts";

export type FoundGap = Pick<TriggerGap, "problem" | "subject">;

/** The value of X-GitHub-Event that every request for a run carries. */
const event = "okd-streams";

/**
 * What keeps these triggers from starting a run as the body of its request asks for it; empty where one of them takes
 * everything, and where that can't be told.
 */
export function findTriggerGaps(triggers: readonly ListenedTrigger[], body: unknown): FoundGap[] {
  // One that only names a Trigger stands for that, which is among them.
  const judged = triggers
    .filter(({ spec }) => spec.triggerRef === undefined)
    .map((trigger) => ({ trigger, verdict: letsThrough(trigger.spec, { body, event }) }));
  const taking = judged.filter(({ verdict }) => verdict === "yes");
  const [first, ...others] = taking.map(({ trigger }) => gapsOf(trigger, body));
  if (first !== undefined) {
    return others.reduce((best, gaps) => (gaps.length < best.length ? gaps : best), first);
  }
  const mayTake = judged.some(({ verdict }) => verdict === "unknown");
  return mayTake ? [] : [{ problem: "trigger", subject: "" }];
}

function gapsOf(trigger: ListenedTrigger, body: unknown): FoundGap[] {
  const { template, params, isComplete, spec } = trigger;
  if (template === undefined || !isComplete) return [];
  const declared = template.value.spec.params ?? [];
  const read = declared.flatMap((param) => {
    const bound = params.findLast(({ name }) => name === param.name);
    return bound === undefined ? [] : [{ param, paths: bodyPathsIn(bound.value) }];
  });
  const unsent = read.flatMap(({ param, paths = [] }) =>
    param.default === undefined
      ? paths.filter((path) => valueAt(body, path) === undefined).map((path) => path.join("."))
      : [],
  );
  // An expression that is not plain may read anything.
  const isPlain = read.every(({ paths }) => paths !== undefined);
  const paths = read.flatMap(({ paths: own = [] }) => own);
  const overlays = JSON.stringify(spec.interceptors ?? []);
  const unread = isPlain
    ? sentPaths(body).filter(
        (sent) => !paths.some((path) => isPrefix(path, sent)) && !overlays.includes(sent[1]),
      )
    : [];
  return [
    ...unsent.map((subject): FoundGap => ({ problem: "unsent", subject })),
    ...unread.map((path): FoundGap => ({ problem: "unread", subject: path.join(".") })),
  ];
}

/** What a stream gives its pipeline. What every run is given besides is for those pipelines that want it. */
function sentPaths(body: unknown): (readonly [string, string])[] {
  return ["params", "workspaces"].flatMap((field) => {
    const given = valueAt(body, [field]);
    const names = isRecord(given) ? Object.keys(given) : [];
    return names
      .filter((name) => field !== "params" || !isReservedParam(name))
      .map((name) => [field, name] as const);
  });
}

function isPrefix(path: readonly string[], of: readonly string[]): boolean {
  return path.every((part, index) => part === of[index]);
}
