import type { Result } from "../problem.ts";
import type { SourceDocument } from "../yaml/types.ts";
import { nameFaults } from "./faults/name-faults.ts";
import { parseObject } from "./parse-object.ts";
import { task } from "./task-schemas.ts";
import type { Task } from "./types.ts";

/** The Task that a document holds, v1 or v1beta1; a problem names the place as `file:line:column`. */
export function parseTask(document: SourceDocument): Result<Task> {
  return parseObject(task, document, nameFaults);
}
