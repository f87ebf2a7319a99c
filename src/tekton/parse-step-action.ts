import type { Result } from "../problem.ts";
import type { SourceDocument } from "../yaml/types.ts";
import { nameFaults } from "./faults/name-faults.ts";
import { parseObject } from "./parse-object.ts";
import { stepAction } from "./task-schemas.ts";
import type { StepAction } from "./types.ts";

/** The StepAction that a document holds; a problem names the place as `file:line:column`. */
export function parseStepAction(document: SourceDocument): Result<StepAction> {
  return parseObject(stepAction, document, nameFaults);
}
