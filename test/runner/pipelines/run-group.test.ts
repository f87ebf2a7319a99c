import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { startTestEngine, type TestEngine } from "../helpers.ts";

let engine: TestEngine;
beforeEach(async () => {
  engine = await startTestEngine();
});
afterEach(() => engine.close());

/** Ends before any process of it starts, so that many of them end in one turn. */
const brokenSteps = [
  {
    name: "s",
    image: "busybox",
    script: "true",
    env: [{ name: "A", valueFrom: { secretKeyRef: { name: "missing", key: "k" } } }],
  },
];

test("no end is missed that comes while it is decided on what waits for another", async () => {
  const task = (name: string, ...runAfter: readonly string[]): object => ({
    name,
    onError: "continue",
    runAfter,
    taskSpec: { steps: brokenSteps },
  });
  const numbers = Array.from({ length: 100 }, (_, index) => index);
  const first = numbers.slice(0, 7).map((number) => task(`a${number}`));
  const second = numbers.slice(0, 7).map((number) => task(`b${number}`, `a${number}`));
  const third = numbers.map((number) => task(`c${number}`, `b${number % 7}`));
  const tasks = [...first, ...second, ...third];
  const run = { apiVersion: "tekton.dev/v1", kind: "PipelineRun", metadata: { name: "many" } };
  const { status } = await engine.run(
    JSON.stringify({ ...run, spec: { pipelineSpec: { tasks } } }),
  );
  expect(status?.childReferences).toHaveLength(tasks.length);
  expect(status?.conditions[0]?.message).toContain(`Tasks Completed: ${tasks.length} `);
});
