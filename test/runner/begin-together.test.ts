import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { unwrap } from "../../src/problem.ts";
import { beginTogether } from "../../src/runner/begin-together.ts";
import { parsePipelineRun } from "../../src/tekton/parse-pipeline-run.ts";
import { parseTaskRun } from "../../src/tekton/parse-task-run.ts";
import { parseYaml } from "../../src/yaml/parse-yaml.ts";
import { startTestEngine, type TestEngine } from "./helpers.ts";

let engine: TestEngine;
beforeEach(async () => {
  engine = await startTestEngine();
});
afterEach(() => engine.close());

const steps = [{ name: "s", script: "true" }];
const pipeline = (name: string, task: object): object => ({
  kind: "PipelineRun",
  metadata: { name },
  spec: { pipelineSpec: { tasks: [{ name: "t", taskSpec: { steps }, ...task }] } },
});
const task = (name: string, spec: object): object => ({
  kind: "TaskRun",
  metadata: { name },
  spec,
});

/** Runs all to their ends together; gives what was refused and how each condition reads. */
async function run(objects: readonly object[]): Promise<{ refused: boolean; ends: string[] }> {
  const together = beginTogether(objects.length);
  const names = objects.map((object) => {
    const text = JSON.stringify({ apiVersion: "tekton.dev/v1", ...object });
    const [document] = parseYaml("run.yaml", text).documents;
    const created = text.includes('"PipelineRun"')
      ? engine.createPipelineRun(unwrap(parsePipelineRun(document!)), together.begin)
      : engine.createTaskRun(unwrap(parseTaskRun(document!)), together.begin);
    if (!created.ok) throw new Error(created.problem.what);
    return created.value.metadata.name;
  });
  await Promise.all(names.map(async (name) => engine.finished(name)));
  const ends = names.map((name) => {
    const found = engine.store.pipelineRuns.get(name) ?? engine.store.taskRuns.get(name);
    const { status = "", reason = "" } = found?.status?.conditions[0] ?? {};
    return `${status} ${reason}`;
  });
  return { refused: together.isRefused(), ends };
}

test.each([
  [
    "a custom task",
    pipeline("bad", { taskSpec: undefined, taskRef: { apiVersion: "x.dev/v1", kind: "Wait" } }),
    "False PipelineValidationFailed",
  ],
  ["a wrong expression", pipeline("bad", { when: [{ cel: "1 +" }] }), "False CELEvaluationFailed"],
  ["a circle", pipeline("bad", { runAfter: ["t"] }), "False PipelineInvalidGraph"],
  ["a missing Task", task("bad", { taskRef: { name: "none" } }), "False TaskRunResolutionFailed"],
  [
    "a missing param",
    task("bad", { taskSpec: { params: [{ name: "p" }], steps } }),
    "False TaskRunValidationFailed",
  ],
  [
    "an unbound workspace",
    task("bad", { taskSpec: { workspaces: [{ name: "w" }], steps } }),
    "False TaskRunValidationFailed",
  ],
])("nothing starts beside a run with %s", async (_name, bad, end) => {
  const good = [pipeline("good", {}), task("fine", { taskSpec: { steps } })];
  const { refused, ends } = await run([good[0]!, bad, good[1]!]);
  expect(refused).toBe(true);
  expect(ends[1]).toBe(end);
  expect([ends[0], ends[2]]).toEqual(["Unknown Started", "Unknown Started"]);
  const started = engine.store.taskRuns.list().flatMap(({ status }) => status.steps ?? []);
  expect(started.filter(({ terminated }) => terminated !== undefined)).toEqual([]);
});

test("runs that can all begin do", async () => {
  const objects = [pipeline("good", {}), task("fine", { taskSpec: { steps } })];
  expect(await run(objects)).toEqual({
    refused: false,
    ends: ["True Succeeded", "True Succeeded"],
  });
});

test("what fails on the way is not refused", async () => {
  const failing = task("fails", { taskSpec: { steps: [{ name: "s", script: "exit 1" }] } });
  expect(await run([failing])).toEqual({ refused: false, ends: ["False StepFailed"] });
});

test("a run that waits for another can be let go", async () => {
  const together = beginTogether(2);
  const begin = together.begin(undefined);
  together.end();
  expect(await begin).toBe(false);
});
