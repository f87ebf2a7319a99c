import type { Checkable } from "../checkable.ts";
import { clashingBuilds } from "./clashing-builds.ts";
import { mistakeAt } from "../mistake.ts";
import type { Mistake } from "../mistake.ts";
import { quoted } from "../../../quoted.ts";
import { templatePath } from "../check-release-names.ts";
import { tell } from "./tracked.ts";
import type { Tracked } from "./tracked.ts";
import { tracesOf } from "./traces.ts";
import type { NodePath } from "../../../yaml/types.ts";

/** Streams that write to the same places, work in the same claims or call their releases the same. */
export function checkAcrossStreams(repository: Checkable): Mistake[] {
  const places = new Map<string, Tracked[]>();
  const claims = new Map<string, Tracked[]>();
  const releaseNames = new Map<string, Tracked[]>();
  for (const stream of repository.streams.values()) {
    const traces = tracesOf(stream, repository);
    for (const { key, path, text } of traces.places) add(places, key, { stream, path, text });
    for (const { key, path, name } of traces.claims) add(claims, key, { stream, path, text: name });
    const { releaseName } = traces;
    if (releaseName !== undefined) {
      add(releaseNames, releaseName, { stream, path: templatePath, text: releaseName });
    }
  }
  return [
    ...onePerPair([...places].flatMap(([key, group]) => samePlace(key, group))),
    ...[...claims.values()].flatMap((group) => sameClaim(group, repository.now)),
    ...[...releaseNames.values()].flatMap(sameReleaseName),
  ];
}

function add(groups: Map<string, Tracked[]>, key: string, tracked: Tracked): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [tracked]);
  else group.push(tracked);
}

interface Clash {
  readonly pair: string;
  readonly mistake: Mistake;
}

/** Two streams that were copied share several images; to keep them apart is one thing to do. */
function onePerPair(clashes: readonly Clash[]): Mistake[] {
  return [...new Map(clashes.toReversed().map((clash) => [clash.pair, clash.mistake])).values()];
}

function samePlace(key: string, [first, ...others]: readonly Tracked[]): Clash[] {
  if (first === undefined) return [];
  const bucket = key.startsWith("bucket ");
  return others.map((other) => ({
    pair: `${bucket ? "bucket" : "image"} ${first.stream.path} ${other.stream.path}`,
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

function sameClaim(group: readonly Tracked[], now: Date): Mistake[] {
  if (group.length < 2) return [];
  return clashingBuilds(group, now).map(({ tracked, other }) =>
    mistakeAt(tracked.stream.source, "claim-shared", tracked.path, "value", {
      message: `Builds of this stream work in the claim ${quoted(tracked.text)}, and those of ${tell(other)} may do so at the same time.`,
      help: "Give each stream a claim of its own, a `volumeClaimTemplate`, or schedules that keep the builds apart, with `merge: false`.",
    }),
  );
}

function sameReleaseName([first, ...others]: readonly Tracked[]): Mistake[] {
  if (first === undefined) return [];
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
