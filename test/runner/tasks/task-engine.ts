import { unwrap } from "../../../src/problem.ts";
import type { EngineOptions } from "../../../src/runner/start-engine.ts";
import type { TaskRunObject } from "../../../src/runner/types.ts";
import { parseStepAction } from "../../../src/tekton/parse-step-action.ts";
import { parseTaskRun } from "../../../src/tekton/parse-task-run.ts";
import { parseYaml } from "../../../src/yaml/parse-yaml.ts";
import type { SourceDocument } from "../../../src/yaml/types.ts";
import { startTestEngine, type TestEngine } from "../helpers.ts";

export type Json = Record<string, unknown>;

export interface TaskEngine extends TestEngine {
  /** Runs a Task to its end, as a TaskRun of this name. */
  task(name: string, taskSpec: Json, spec?: Json): Promise<TaskRunObject>;
  /** The same without waiting. */
  begin(name: string, taskSpec: Json, spec?: Json): void;
  /** Runs a TaskRun to its end that names its Task. */
  reference(name: string, taskRef: Json): Promise<TaskRunObject>;
  action(name: string, spec: Json): void;
  logOf(run: TaskRunObject, container: string): Promise<string>;
}

function documentOf(object: Json): SourceDocument {
  const [document] = parseYaml("run.yaml", JSON.stringify(object)).documents;
  if (document === undefined) throw new Error("no document");
  return document;
}

export async function startTaskEngine(options: Partial<EngineOptions> = {}): Promise<TaskEngine> {
  const engine = await startTestEngine(options);
  const create = (name: string, spec: Json): void => {
    const run = {
      apiVersion: "tekton.dev/v1",
      kind: "TaskRun",
      metadata: { name, labels: { team: "okd" } },
      spec,
    };
    unwrap(engine.createTaskRun(unwrap(parseTaskRun(documentOf(run)))));
  };
  const begin = (name: string, taskSpec: Json, spec: Json = {}): void =>
    create(name, { taskSpec, ...spec });
  const ended = async (name: string): Promise<TaskRunObject> => {
    await engine.finished(name);
    return engine.store.taskRuns.get(name)!;
  };
  return {
    ...engine,
    begin,
    task: async (name, taskSpec, spec) => {
      begin(name, taskSpec, spec);
      return ended(name);
    },
    reference: async (name, taskRef) => {
      create(name, { taskRef });
      return ended(name);
    },
    action: (name, spec) => {
      const object = { apiVersion: "tekton.dev/v1", kind: "StepAction", metadata: { name }, spec };
      engine.apply(unwrap(parseStepAction(documentOf(object))));
    },
    logOf: async (run, container) => (await engine.readLog(run.status.podName, container)) ?? "",
  };
}

/** `True Succeeded`, or the reason and the message of a failure. */
export function ending({ status }: TaskRunObject): string {
  const [last] = status.conditions;
  if (last?.status === "True") return `True ${last.reason}`;
  return `${last?.status ?? ""} ${last?.reason ?? ""}: ${last?.message ?? ""}`;
}
