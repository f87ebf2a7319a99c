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
    const misnamed = objects.filter((object) => holderOf(object) !== undefined);
    // Paths differ, so where all names are those of their files, they differ too.
    if (misnamed.length === 0) return [];
    const owners = new Map(objects.toReversed().map((one) => [one.value.metadata.name, one.path]));
    for (const { path, value } of objects) {
      if (placeName(path) === value.metadata.name) owners.set(value.metadata.name, path);
    }
    return misnamed.map((object) => nameMistake(object, owners));
  });
}

/** A copy that kept the name of what it was copied from is one mistake, not two. */
function nameMistake(object: Named, owners: ReadonlyMap<string, string>): Mistake {
  const { path, source, value } = object;
  const { name } = value.metadata;
  const holder = holderOf(object) ?? "file";
  const help = `Write \`name: ${placeName(path) ?? name}\`, or rename the ${holder}.`;
  const owner = owners.get(name);
  if (owner !== undefined && owner !== path) {
    const message = `${quoted(name)} is also the name in ${owner}.`;
    return mistakeAt(source, "name-duplicate", namePath, "value", { message, help });
  }
  return mistakeAt(source, "name-mismatch", namePath, "value", {
    message: `The name ${quoted(name)} differs from the ${holder}'s, ${quoted(placeName(path))}.`,
    help,
  });
}

function placeName(path: string): string | undefined {
  const place = placeOf(path);
  return "name" in place ? place.name : undefined;
}

/** What gives an object another name than its own; undefined where the two agree. */
function holderOf({ path, value }: Named): "file" | "folder" | undefined {
  if (isStreamOf(path, value.metadata.name)) return undefined;
  const place = placeOf(path);
  if (!("name" in place) || place.name === value.metadata.name) return undefined;
  return place.kind === "stream" ? "file" : "folder";
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
