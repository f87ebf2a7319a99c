import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { PipelineRunObject } from "../../src/runner/types.ts";
import { until } from "./helpers.ts";
import { ending, startTaskEngine, type Json, type TaskEngine } from "./tasks/task-engine.ts";

const step = (name: string, script: string) => ({ name, image: "busybox", script });
const task = (name: string, script: string, more: Json = {}) => ({
  name,
  taskSpec: { steps: [step("s", script)], ...more },
});

/** How Tekton's own controller ended the same objects. */
describe("runs end as on a cluster", () => {
  let engine: TaskEngine;
  beforeAll(async () => {
    engine = await startTaskEngine();
  });
  afterAll(() => engine.close());

  const pipeline = (name: string, pipelineSpec: Json, spec: Json = {}) => {
    const object = {
      apiVersion: "tekton.dev/v1",
      kind: "PipelineRun",
      metadata: { name },
      spec: { pipelineSpec, ...spec },
    };
    return engine.run(JSON.stringify(object));
  };
  const children = (run: PipelineRunObject) => run.status?.childReferences ?? [];

  test("that were cancelled before they began", async () => {
    const status = "Cancelled";
    const run = await pipeline("stillborn", { tasks: [task("t", "true")] }, { status });
    expect(run.status?.conditions[0]).toMatchObject({
      status: "False",
      reason: "Cancelled",
      message: 'PipelineRun "stillborn" was cancelled',
    });
    expect(children(run)).toEqual([]);
    const spec = { steps: [step("s", "true")] };
    const alone = await engine.task("stillborn-too", spec, { status: "TaskRunCancelled" });
    expect(ending(alone)).toBe('False TaskRunCancelled: TaskRun "stillborn-too" was cancelled.');
  });

  test("with an embedded Task that goes by the name of its TaskRun", async () => {
    const results = [{ name: "name" }];
    const script = "printf $(context.task.name) > $(results.name.path)";
    await pipeline("named", { tasks: [task("t", script, { results })] });
    expect(engine.store.taskRuns.get("named-t")?.status.results).toEqual([
      { name: "name", type: "string", value: "named-t" },
    ]);
  });

  test("with a TaskRun that is told of its workspace which nobody binds", async () => {
    const workspaces = [{ name: "source" }];
    const run = await pipeline("unbound", { tasks: [task("t", "true", { workspaces })] });
    expect(run.status?.conditions[0]?.reason).toBe("Failed");
    expect(ending(engine.store.taskRuns.get("unbound-t")!)).toBe(
      'False TaskRunValidationFailed: [User error] declared workspace "source" is required but has not been bound',
    );
  });

  test("with a step that starts in a directory of its workspace which nobody made", async () => {
    const steps = [
      { ...step("s", "touch here"), workingDir: "$(workspaces.source.path)/new/one" },
      step("t", "ls $(workspaces.source.path)/new/one > $(results.made.path)"),
    ];
    const run = await engine.task(
      "new-directory",
      { workspaces: [{ name: "source" }], results: [{ name: "made" }], steps },
      { workspaces: [{ name: "source", emptyDir: {} }] },
    );
    expect(run.status.results).toEqual([{ name: "made", type: "string", value: "here\n" }]);
  });

  test("with a StepAction that is nowhere as what could not be resolved", async () => {
    const run = await engine.task("lost", { steps: [{ name: "s", ref: { name: "nowhere" } }] });
    expect(ending(run)).toMatch(/^False TaskRunResolutionFailed: .* no StepAction "nowhere" here/);
  });

  test("out of time, and say nothing of tasks that it was never come to", async () => {
    const after = { ...task("after", "true"), runAfter: ["slow"] };
    const timeouts = { pipeline: "1s" };
    const run = await pipeline("late", { tasks: [task("slow", "sleep 60"), after] }, { timeouts });
    expect(run.status?.conditions[0]?.reason).toBe("PipelineRunTimeout");
    expect(run.status?.skippedTasks ?? []).toEqual([]);
  });

  test("without results of what was stopped, and of what was cancelled as a whole", async () => {
    const results = [{ name: "r" }];
    const give = "printf v > $(results.r.path)";
    const steps = [step("give", give), step("slow", "sleep 60")];
    const uses = (name: string, value: string) => ({
      ...task(name, "true", { params: [{ name: "x" }] }),
      params: [{ name: "x", value }],
    });
    const timeouts = { pipeline: "1h", tasks: "1s" };
    const late = await pipeline(
      "late-results",
      {
        results: [{ name: "quick", value: "$(tasks.quick.results.r)" }],
        tasks: [task("quick", give, { results }), { name: "slow", taskSpec: { steps, results } }],
        finally: [
          uses("quickly", "$(tasks.quick.results.r)"),
          uses("slowly", "$(tasks.slow.results.r)"),
        ],
      },
      { timeouts },
    );
    expect(engine.store.taskRuns.get("late-results-slow")?.status.results).toBeUndefined();
    expect(late.status?.skippedTasks).toEqual([{ name: "slowly", reason: "Results were missing" }]);
    expect(late.status?.results).toEqual([{ name: "quick", value: "v" }]);

    const cancelled = pipeline("cancelled-results", {
      results: [{ name: "quick", value: "$(tasks.quick.results.r)" }],
      tasks: [
        task("quick", give, { results }),
        { ...task("slow", "sleep 60"), runAfter: ["quick"] },
      ],
    });
    await until(() => engine.store.taskRuns.get("cancelled-results-slow") !== undefined);
    engine.stopAll("Cancelled");
    const { spec, status } = await cancelled;
    expect(status?.results).toBeUndefined();
    expect(spec.status).toBe("Cancelled");
  });

  test("with exit code 1 of every step that was ended, and the TaskRun's reason for all that waited", async () => {
    const steps = [step("first", "true"), step("slow", "sleep 60"), step("last", "true")];
    const run = await engine.task("late-task", { steps }, { timeout: "1s" });
    const shown = run.status.steps?.map(({ terminated, terminationReason }) => [
      terminated?.exitCode,
      terminated?.reason,
      terminationReason,
    ]);
    expect(shown).toEqual([
      [0, "Completed", "Completed"],
      [1, "TaskRunTimeout", "TaskRunTimeout"],
      [1, "TaskRunTimeout", "TaskRunTimeout"],
    ]);
  });
});

test("a step ends by a signal to itself, as it is not the first process of its namespace", async () => {
  const engine = await startTaskEngine({ isolation: "auto" });
  const run = await engine.task("signalled", { steps: [step("s", "kill -TERM $$; sleep 60")] });
  await engine.close();
  expect(ending(run)).toMatch(/^False StepFailed: "step-s" exited with code \d+: Error$/);
});
