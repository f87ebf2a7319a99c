import { mistakeAt } from "./mistake.ts";
import type { Mistake } from "./mistake.ts";
import { placeOf } from "../place-of.ts";
import { quoted } from "../../quoted.ts";
import type { ReadRepository } from "../reading/read-repository.ts";
import type { Sourced } from "../repository.ts";
import type { Metadata } from "../types.ts";

type Named = Sourced<{ readonly kind: string; readonly metadata: Metadata }>;

const namePath = ["metadata", "name"];

/** Names differ from those of their files, or stand twice. */
export function checkNames({ streams, channels, channelReleases }: ReadRepository): Mistake[] {
  const kinds: readonly Named[][] = [
    streams.checkable,
    channels.checkable,
    channelReleases.checkable,
  ];
  return kinds.flatMap((objects) => {
    const mismatches = objects.flatMap(checkFileName);
    // Paths differ, so where all names are those of their files, they differ too.
    return mismatches.length === 0 ? [] : [...mismatches, ...duplicates(objects)];
  });
}

function checkFileName({ path, source, value }: Named): Mistake[] {
  if (isStreamOf(path, value.metadata.name)) return [];
  const place = placeOf(path);
  if (!("name" in place) || place.name === value.metadata.name) return [];
  const holder = place.kind === "stream" ? "file" : "folder";
  return [
    mistakeAt(source, "name-mismatch", namePath, "value", {
      message: `The name ${quoted(value.metadata.name)} differs from the ${holder}'s, ${quoted(place.name)}.`,
      help: `Write \`name: ${place.name}\`, or rename the ${holder}.`,
    }),
  ];
}

/** Whether a path is that of the stream's file, asked of every stream of a repository. */
function isStreamOf(path: string, name: string): boolean {
  const [before, after] = ["streams/", ".yaml"];
  return (
    path.length === before.length + name.length + after.length &&
    path.startsWith(before) &&
    path.startsWith(name, before.length) &&
    path.endsWith(after)
  );
}

function duplicates(objects: readonly Named[]): Mistake[] {
  const first = new Map<string, string>();
  return objects.flatMap(({ path, source, value }) => {
    const { name } = value.metadata;
    const other = first.get(name);
    if (other === undefined) {
      first.set(name, path);
      return [];
    }
    return [
      mistakeAt(source, "name-duplicate", namePath, "value", {
        message: `${quoted(name)} is also the name in ${other}.`,
        help: "Rename or remove one of the two.",
      }),
    ];
  });
}
