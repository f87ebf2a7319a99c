import * as z from "zod";
import type { StreamsRepository } from "../../streams/repository.ts";
import { pipelineMermaid } from "../../tekton/pipeline-mermaid.ts";
import { decodeText } from "../../yaml/decode-text.ts";
import { parseYaml } from "../../yaml/parse-yaml.ts";
import type { ReviewedStream } from "./review.ts";

const streamFile = /^streams\/[^/]+\.yaml$/;

/** Of a file that may be full of mistakes, no more than what its pipeline's graph needs. */
const pipelineSchema = z.object({
  metadata: z.object({ name: z.string().regex(/^[a-z0-9-]+$/) }),
  spec: z.object({ build: z.object({ pipelineRef: z.object({ path: z.string() }) }) }),
});

/** More would push everything else out of a comment. */
const maximumGraphs = 5;
const longestGraph = 5000;

/** The graph of the pipeline of the first streams whose file changed, also where the stream is not valid yet. */
export function graphsOfChange(
  after: StreamsRepository,
  changed: ReadonlySet<string>,
): readonly ReviewedStream[] {
  return [...changed]
    .filter((path) => streamFile.test(path))
    .flatMap((path) => graphOf(after, path) ?? [])
    .filter(({ graph }) => graph.length <= longestGraph)
    .slice(0, maximumGraphs);
}

function graphOf(after: StreamsRepository, path: string): ReviewedStream | undefined {
  const text = decodeText(after.files.get(path)?.content ?? new Uint8Array());
  if (!text.ok) return undefined;
  const stream = pipelineSchema.safeParse(parseYaml(path, text.value).documents[0]?.value).data;
  if (stream === undefined) return undefined;
  const pipeline = after.pipelines.get(stream.spec.build.pipelineRef.path);
  if (pipeline === undefined) return undefined;
  return { name: stream.metadata.name, graph: pipelineMermaid(pipeline.value.spec) };
}
