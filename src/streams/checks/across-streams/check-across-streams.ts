import type { Checkable } from "../checkable.ts";
import { clashingBuilds } from "./clashing-builds.ts";
import { mistakeAt } from "../mistake.ts";
import type { Mistake } from "../mistake.ts";
import { quoted } from "../../../quoted.ts";
import { sharedKeys } from "./shared-keys.ts";
import { tell } from "./tracked.ts";
import type { Trace, Tracked } from "./tracked.ts";
import { allTraces } from "./traces.ts";
import type { NodePath } from "../../../yaml/types.ts";

/** Streams that write to the same places, work in the same claims or call their releases the same. */
export function checkAcrossStreams(repository: Checkable): Mistake[] {
  const groups = sharedTraces(repository);
  const ofKind = (...kinds: readonly Trace["kind"][]) =>
    groups.filter(({ first }) => kinds.includes(first.kind));
  return [
    ...onePerPair(ofKind("image", "bucket").flatMap(samePlace)),
    ...ofKind("claim").flatMap((group) => sameClaim(group, repository.now)),
    ...ofKind("name").flatMap(sameReleaseName),
  ];
}

/** Streams that leave the same trace, the first and those after it. */
interface Group {
  readonly first: Tracked;
  readonly others: Tracked[];
}

/** Nearly every trace is of one stream alone, so that groups are made for the few others only. */
function sharedTraces(repository: Checkable): Group[] {
  const traces = allTraces(repository);
  const shared = sharedKeys(traces);
  if (shared.size === 0) return [];
  const groups = new Map<string, Group>();
  for (const tracked of traces.flatMap((stream) => stream.tracked)) {
    if (!shared.has(tracked.key)) continue;
    const group = groups.get(tracked.key);
    if (group === undefined) groups.set(tracked.key, { first: tracked, others: [] });
    else group.others.push(tracked);
  }
  return [...groups.values()];
}

interface Clash {
  readonly pair: string;
  readonly mistake: Mistake;
}

/** Two streams that were copied share several images; to keep them apart is one thing to do. */
function onePerPair(clashes: readonly Clash[]): Mistake[] {
  return [...new Map(clashes.toReversed().map((clash) => [clash.pair, clash.mistake])).values()];
}

function samePlace({ first, others }: Group): Clash[] {
  const bucket = first.kind === "bucket";
  return others.map((other) => ({
    pair: `${first.kind} ${first.stream.path} ${other.stream.path}`,
    mistake: mistakeAt(
      other.stream.source,
      bucket ? "bucket-folder-shared" : "image-tag-shared",
      other.path,
      placePart(other.path),
      {
        message: `Builds of this stream write to ${quoted(other.text)}, and so do those of ${tell(first)}: each overwrites the other's.`,
        help: bucket
          ? "Give each stream a folder of its own, for example with `$(stream.version)` in its name."
          : "Give each stream a repository or a tag of its own.",
      },
    ),
  }));
}

function sameClaim({ first, others }: Group, now: Date): Mistake[] {
  return clashingBuilds([first, ...others], now).map(({ tracked, other }) =>
    mistakeAt(tracked.stream.source, "claim-shared", tracked.path, "value", {
      message: `Builds of this stream work in the claim ${quoted(tracked.text)}, and those of ${tell(other)} may do so at the same time.`,
      help: "Give each stream a claim of its own, a `volumeClaimTemplate`, or schedules that keep the builds apart, with `merge: false`.",
    }),
  );
}

function sameReleaseName({ first, others }: Group): Mistake[] {
  return others.map((other) =>
    mistakeAt(other.stream.source, "release-name-shared", other.path, "value", {
      message: `Releases of this stream have the same names as those of ${tell(first)}: ${quoted(other.text)}.`,
      help: "Put something of the stream into the template, such as `$(stream.name)`.",
    }),
  );
}

/** A default of the pipeline is changed by giving the param, under `params`. */
function placePart(path: NodePath): "key" | "value" {
  return path.at(-1) === "params" ? "key" : "value";
}
