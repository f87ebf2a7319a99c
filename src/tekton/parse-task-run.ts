import type { Result } from "../problem.ts";
import type { SourceDocument } from "../yaml/types.ts";
import { nameFaults } from "./faults/name-faults.ts";
import { parseObject } from "./parse-object.ts";
import { taskRun } from "./pipeline-schemas.ts";
import type { TaskRun } from "./types.ts";

/** The TaskRun that a document holds, v1 or v1beta1; a problem names the place as `file:line:column`. */
export function parseTaskRun(document: SourceDocument): Result<TaskRun> {
  return parseObject(taskRun, document, nameFaults);
}
