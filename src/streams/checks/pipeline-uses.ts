import type { NodePath, SourceDocument } from "../../yaml/types.ts";
import type { Sourced } from "../repository.ts";
import type { RunKind } from "../runs/run-request.ts";
import type { Channel, PipelineUse, Stream } from "../types.ts";

/** One place of a stream or a channel that names a pipeline and gives it parameters. */
export interface PipelineUseSite {
  readonly source: SourceDocument;
  /** The way to the use, such as spec.build. */
  readonly at: NodePath;
  readonly use: PipelineUse;
  readonly kind: Exclude<RunKind, "trial">;
  /** Streams whose releases the values may use as $(upstream.NAME.…). */
  readonly upstream: readonly string[];
}

/** The uses of a stream: its build and its verifications. */
export function usesOfStream({ source, value }: Sourced<Stream>): PipelineUseSite[] {
  const { build, verify = [], triggers } = value.spec;
  const upstream = triggers?.afterStreams ?? [];
  return [
    { source, at: ["spec", "build"], use: build, kind: "build", upstream },
    ...verify.map((use, index): PipelineUseSite => {
      return { source, at: ["spec", "verify", index], use, kind: "verify", upstream: [] };
    }),
  ];
}

/** The use of a channel that publishes; none where it does not. */
export function usesOfChannel({ source, value }: Sourced<Channel>): PipelineUseSite[] {
  const use = value.spec.publish;
  if (use === undefined) return [];
  return [{ source, at: ["spec", "publish"], use, kind: "publish", upstream: [] }];
}
