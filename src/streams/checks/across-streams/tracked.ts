import { quoted } from "../../../quoted.ts";
import type { NodePath } from "../../../yaml/types.ts";
import type { Sourced } from "../../repository.ts";
import type { Stream } from "../../types.ts";

/** Something of a stream that another could stumble over. */
export interface Trace {
  readonly kind: "image" | "bucket" | "claim" | "name";
  /** The same for every stream that leaves the same trace, of whatever kind it is. */
  readonly key: string;
  /** As a person would name it. */
  readonly text: string;
  readonly path: NodePath;
}

/** A trace with whose it is. */
export interface Tracked extends Trace {
  readonly stream: Sourced<Stream>;
}

/** A stream with the line of what it shares. */
export function tell({ stream, path }: Pick<Tracked, "stream" | "path">): string {
  const { line } = stream.source.rangeOf(path, "value");
  return `${quoted(stream.value.metadata.name)} (${stream.path}:${line})`;
}
