import { quoted } from "../../../quoted.ts";
import type { NodePath } from "../../../yaml/types.ts";
import type { Sourced } from "../../repository.ts";
import type { Stream } from "../../types.ts";

/** A stream at a place that it may share with others. */
export interface Tracked {
  readonly stream: Sourced<Stream>;
  readonly path: NodePath;
  /** What stands there, as a person would name it. */
  readonly text: string;
}

/** A stream with the line of what it shares. */
export function tell({ stream, path }: Pick<Tracked, "stream" | "path">): string {
  const { line } = stream.source.rangeOf(path, "value");
  return `${quoted(stream.value.metadata.name)} (${stream.path}:${line})`;
}
