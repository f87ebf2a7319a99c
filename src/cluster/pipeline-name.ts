import type { PipelineRef } from "../streams/types.ts";

/** What a trigger's filter compares: the pipeline's name on the cluster, or its file's name without the ending. */
export function pipelineName(ref: PipelineRef): string {
  if ("name" in ref) return ref.name;
  const { path } = "git" in ref ? ref.git : ref;
  return (path.split("/").at(-1) ?? path).replace(/\.ya?ml$/, "");
}
