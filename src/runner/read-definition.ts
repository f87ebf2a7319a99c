import { ok, type Result } from "../problem.ts";
import { parsePipeline } from "../tekton/parse-pipeline.ts";
import { parseStepAction } from "../tekton/parse-step-action.ts";
import { parseTask } from "../tekton/parse-task.ts";
import {
  storedPipeline,
  storedStepAction,
  storedTask,
} from "../tekton/stored/stored-definition.ts";
import type { SourceDocument } from "../yaml/types.ts";

type Read<T> = (document: SourceDocument) => Result<T>;

/** What a resolver found goes through Tekton's webhook like what the API server keeps. */
function reader<T>(parse: Read<T>, store: (object: T) => T): Read<T> {
  return (document) => {
    const parsed = parse(document);
    return parsed.ok ? ok(store(parsed.value)) : parsed;
  };
}

export const readTask = reader(parseTask, storedTask);
export const readPipeline = reader(parsePipeline, storedPipeline);
export const readStepAction = reader(parseStepAction, storedStepAction);
