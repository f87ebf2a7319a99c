import type { NodePath, SourceDocument } from "../../yaml/types.ts";
import type { StreamsRepository } from "../repository.ts";
import type { RunKind } from "../runs/run-request.ts";
import type { PipelineUse } from "../types.ts";

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

/** Every use of a pipeline in a repository. */
export function pipelineUses({
  streams,
  channels,
}: Pick<StreamsRepository, "streams" | "channels">): PipelineUseSite[] {
  const ofStreams = [...streams.values()].flatMap(({ source, value }): PipelineUseSite[] => {
    const { build, verify = [], triggers } = value.spec;
    const upstream = triggers?.afterStreams ?? [];
    return [
      { source, at: ["spec", "build"], use: build, kind: "build", upstream },
      ...verify.map((use, index): PipelineUseSite => {
        return { source, at: ["spec", "verify", index], use, kind: "verify", upstream: [] };
      }),
    ];
  });
  const ofChannels = [...channels.values()].flatMap(({ source, value }): PipelineUseSite[] => {
    const use = value.spec.publish;
    if (use === undefined) return [];
    return [{ source, at: ["spec", "publish"], use, kind: "publish", upstream: [] }];
  });
  return [...ofStreams, ...ofChannels];
}
