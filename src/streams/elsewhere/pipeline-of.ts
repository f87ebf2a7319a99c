import type { Pipeline } from "../../tekton/types.ts";
import type { StreamSurroundings } from "../checks/checkable.ts";
import type { PipelineUse } from "../types.ts";
import { knowFile } from "./know-task.ts";

/** The pipeline that a use names, where it is known. */
export function pipelineOf(
  { pipelines, elsewhere }: Pick<StreamSurroundings, "pipelines" | "elsewhere">,
  { pipelineRef }: Pick<PipelineUse, "pipelineRef">,
): Pipeline | undefined {
  if ("path" in pipelineRef) return pipelines.get(pipelineRef.path)?.value;
  if ("name" in pipelineRef) return undefined;
  const known = knowFile(elsewhere, pipelineRef.git);
  return known.kind === "pipeline" ? known.object.value : undefined;
}
