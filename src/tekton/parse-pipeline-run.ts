import type { Result } from "../problem.ts";
import type { SourceDocument } from "../yaml/types.ts";
import { nameFaults } from "./faults/name-faults.ts";
import { parseObject } from "./parse-object.ts";
import { pipelineRun } from "./pipeline-schemas.ts";
import type { PipelineRun } from "./types.ts";

/** The PipelineRun that a document holds, v1 or v1beta1; a problem names the place as `file:line:column`. */
export function parsePipelineRun(document: SourceDocument): Result<PipelineRun> {
  return parseObject(pipelineRun, document, nameFaults);
}
