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
  const begin = (name: string, taskSpec: Json, spec: Json = {}): void => {
    const run = {
      apiVersion: "tekton.dev/v1",
      kind: "TaskRun",
      metadata: { name, labels: { team: "okd" } },
      spec: { taskSpec, ...spec },
    };
    unwrap(engine.createTaskRun(unwrap(parseTaskRun(documentOf(run)))));
  };
  return {
    ...engine,
    begin,
    task: async (name, taskSpec, spec) => {
      begin(name, taskSpec, spec);
      await engine.finished(name);
      return engine.store.taskRuns.get(name)!;
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
