import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { startTestEngine, until, type TestEngine } from "./helpers.ts";

describe("runs as the API server would keep them", () => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await startTestEngine({ namespace: "ours" });
  });
  afterAll(() => engine.close());

  const run = (metadata: string, script: string): string => `
apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: ${metadata}
spec:
  params: []
  pipelineSpec:
    tasks:
      - name: t
        taskSpec:
          steps: [{ name: s, image: busybox, script: ${script} }]
`;

  test("a generated name keeps what it was made of, and what is empty is not there", async () => {
    const { metadata, spec } = await engine.run(run('{ generateName: "made-" }', '"true"'));
    expect(metadata).toEqual({
      generateName: "made-",
      name: expect.stringMatching(/^made-[a-z0-9]{5}$/),
      namespace: "ours",
      uid: expect.any(String),
      creationTimestamp: expect.any(String),
      resourceVersion: expect.any(String),
      generation: 1,
      labels: { "tekton.dev/pipeline": metadata.name },
    });
    expect(Object.keys(spec).sort()).toEqual(["pipelineSpec", "taskRunTemplate", "timeouts"]);
  });

  test("the generation of a run counts when it is told to stop, and that of its TaskRuns", async () => {
    const name = engine.start(run("{ name: stopped }", '"echo begun; sleep 600"'));
    await until(async () => (await engine.readLog("stopped-t-pod", "step-s")) === "begun\n");
    engine.stop(name, "Cancelled");
    await engine.finished(name);
    expect(engine.store.pipelineRuns.get(name)?.metadata.generation).toBe(2);
    const child = engine.store.taskRuns.get("stopped-t");
    expect(child?.metadata.generation).toBe(2);
    expect(child?.status.steps?.[0]?.terminated).toMatchObject({
      message: "Step s terminated as pod stopped-t-pod is terminated",
      reason: "TaskRunCancelled",
    });
  });

  test("a run that was cancelled before it began was never looked at", async () => {
    const name = engine.start(`${run("{ name: never }", '"true"')}  status: Cancelled\n`);
    await engine.finished(name);
    const { status, metadata } = engine.store.pipelineRuns.get(name)!;
    expect(Object.keys(status ?? {}).sort()).toEqual(["completionTime", "conditions", "startTime"]);
    expect(metadata.labels).toEqual({ "tekton.dev/pipeline": "never" });
  });

  test("a TaskRun without a pod names none, and its steps by name alone", async () => {
    engine.apply({
      apiVersion: "tekton.dev/v1",
      kind: "Task",
      metadata: { name: "wants", labels: { tier: "task" }, annotations: { why: "shown" } },
      spec: { params: [{ name: "p" }], steps: [{ name: "s", script: "echo $(params.p)" }] },
    });
    const created = engine.createTaskRun({
      apiVersion: "tekton.dev/v1",
      kind: "TaskRun",
      metadata: { name: "lacks", labels: { tier: "run" } },
      spec: { taskRef: { name: "wants" } },
    });
    expect(created.ok).toBe(true);
    await engine.finished("lacks");
    const { metadata, status } = engine.store.taskRuns.get("lacks")!;
    expect(status.podName).toBe("");
    expect(status.steps).toEqual([{ name: "s" }]);
    expect(status.taskSpec?.steps[0]?.script).toBe("echo $(params.p)");
    expect(metadata.annotations).toEqual({ why: "shown" });
    expect(metadata.labels).toEqual({
      "app.kubernetes.io/managed-by": "tekton-pipelines",
      "tekton.dev/task": "wants",
      tier: "run",
    });
  });
});
