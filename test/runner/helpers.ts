import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unwrap } from "../../src/problem.ts";
import { startEngine, type Engine, type EngineOptions } from "../../src/runner/start-engine.ts";
import type { PipelineRunObject } from "../../src/runner/types.ts";
import { parsePipelineRun } from "../../src/tekton/parse-pipeline-run.ts";
import { parseYaml } from "../../src/yaml/parse-yaml.ts";

export interface TestEngine extends Engine {
  readonly directory: string;
  /** Runs a PipelineRun written in YAML to its end. */
  run(yaml: string): Promise<PipelineRunObject>;
  /** The name of the run that was started, without waiting. */
  start(yaml: string): string;
  log(run: string, task: string, container: string): Promise<string>;
}

export async function temporaryDirectory(): Promise<string> {
  return mkdtemp(join(tmpdir(), "okd-streams-"));
}

export async function startTestEngine(options: Partial<EngineOptions> = {}): Promise<TestEngine> {
  const directory = await temporaryDirectory();
  const engine = startEngine({ stateDirectory: directory, isolation: "process", ...options });
  const start = (yaml: string): string => {
    const { documents, problems } = parseYaml("run.yaml", yaml);
    if (documents[0] === undefined) throw new Error(JSON.stringify(problems));
    return unwrap(engine.createPipelineRun(unwrap(parsePipelineRun(documents[0])))).metadata.name;
  };
  return {
    ...engine,
    directory,
    start,
    run: async (yaml) => {
      const name = start(yaml);
      await engine.finished(name);
      return engine.store.pipelineRuns.get(name)!;
    },
    log: async (run, task, container) => {
      const pod = engine.store.taskRuns.get(`${run}-${task}`)?.status.podName ?? "";
      return (await engine.readLog(pod, container)) ?? "";
    },
    close: async () => {
      await engine.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Resolves when the condition holds; fails loudly after ten seconds. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error("the condition did not come true in time");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
