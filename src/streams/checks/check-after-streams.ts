import { replaceValue } from "../../yaml/node-fix.ts";
import type { Checkable } from "./checkable.ts";
import { findCycles } from "./find-cycles.ts";
import { mistakeAt } from "./mistake.ts";
import type { Mistake } from "./mistake.ts";
import { quoted } from "../../quoted.ts";
import type { Sourced } from "../repository.ts";
import { nearestName, suggestName } from "../../suggest-name.ts";
import type { Stream } from "../types.ts";

const afterPath = ["spec", "triggers", "afterStreams"];

/** Streams that are built after others: those have to exist and to give releases, and nothing may go in a circle. */
export function checkAfterStreams(repository: Checkable): Mistake[] {
  const followers = [...repository.streams.values()].filter(
    ({ value }) => (value.spec.triggers?.afterStreams ?? []).length > 0,
  );
  const ofEach = followers.flatMap((stream) => checkFollowed(repository, stream));
  return [...ofEach, ...checkCircles(repository, followers)];
}

function checkFollowed(
  { streams, streamNames }: Checkable,
  { source, value }: Sourced<Stream>,
): Mistake[] {
  return (value.spec.triggers?.afterStreams ?? []).flatMap((name, index) => {
    const path = [...afterPath, index];
    if (!streamNames.has(name)) {
      const meant = nearestName(name, streamNames);
      return [
        mistakeAt(source, "after-stream-unknown", path, "value", {
          message: `There is no stream ${quoted(name)}.`,
          help: suggestName(name, streamNames, "stream"),
          ...(meant !== undefined && { fix: replaceValue(path, meant) }),
        }),
      ];
    }
    const retired = streams.get(name)?.value.spec.lifecycle?.state === "retired";
    if (!retired || value.spec.lifecycle?.state === "retired") return [];
    return [
      mistakeAt(source, "after-stream-retired", path, "value", {
        message: `The stream ${quoted(name)} is retired: no release of it will build this one.`,
        help: "Follow another stream, or remove it.",
      }),
    ];
  });
}

function checkCircles({ streams }: Checkable, followers: readonly Sourced<Stream>[]): Mistake[] {
  const followed = new Map(
    followers.map(({ value }) => [value.metadata.name, value.spec.triggers?.afterStreams ?? []]),
  );
  return findCycles(followed).flatMap((circle) => {
    const [first = "", next = first] = circle;
    const stream = streams.get(first);
    if (stream === undefined) return [];
    const index = followed.get(first)?.indexOf(next) ?? 0;
    const itself = circle.length === 1;
    return [
      mistakeAt(stream.source, "after-stream-cycle", [...afterPath, index], "value", {
        message: itself
          ? `The stream ${quoted(first)} follows itself: each release would build the next, for ever.`
          : `Streams build each other, for ever: ${[...circle, first].join(" after ")}.`,
        help: itself ? "Remove it." : "Remove one afterStreams from the circle.",
      }),
    ];
  });
}
