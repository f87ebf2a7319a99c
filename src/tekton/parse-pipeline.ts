import type { Result } from "../problem.ts";
import type { SourceDocument } from "../yaml/types.ts";
import { nameFaults } from "./faults/name-faults.ts";
import { parseObject } from "./parse-object.ts";
import { pipeline } from "./pipeline-schemas.ts";
import type { Pipeline } from "./types.ts";

/** The Pipeline that a document holds, v1 or v1beta1; a problem names the place as `file:line:column`. */
export function parsePipeline(document: SourceDocument): Result<Pipeline> {
  return parseObject(pipeline, document, nameFaults);
}
