import { expect, test } from "@jest/globals";
import { pathHints } from "../../../src/cli/run/path-hints.ts";
import type { Pipeline, StepAction, Task, TaskRun } from "../../../src/tekton/types.ts";

const task = (...scripts: readonly string[]): Task => ({
  apiVersion: "tekton.dev/v1",
  kind: "Task",
  metadata: { name: "t" },
  spec: { steps: scripts.map((script) => ({ script })) },
});

test.each([
  ["cat /workspace/source/a.txt", "/workspace/source/a.txt"],
  ["#!/bin/sh\nls /workspace", "/workspace"],
  ["printf x >/tekton/results/r", "/tekton/results/r"],
  ['HOME="/tekton/home" make', "/tekton/home"],
  ["cd /workspace && make", "/workspace"],
])("%j names a path of a cluster", (script, path) => {
  expect(pathHints([task("true", script)])).toEqual([`Task "t", steps[1]: ${path}`]);
});

test.each([
  "cat $(workspaces.source.path)/a",
  "ls $HOME/workspace ./workspace/x",
  "ls ${ROOT}/workspace/x",
  "ls $(params.root)/tekton/x",
  "curl https://example.org/workspace/x",
  "ls /workspaces/x /tekton-files",
])("%j names none", (script) => {
  expect(pathHints([task(script)])).toEqual([]);
});

test("embedded specs, StepActions, sidecars, arguments and variables are looked through", () => {
  const { spec } = task("ls /workspace");
  const pipeline: Pipeline = {
    apiVersion: "tekton.dev/v1",
    kind: "Pipeline",
    metadata: { name: "p" },
    spec: {
      tasks: [{ name: "a", pipelineSpec: { tasks: [{ name: "b", taskSpec: spec }] } }],
      finally: [{ name: "c", taskSpec: { steps: [{ args: ["/workspace/x"] }] } }],
    },
  };
  const action: StepAction = {
    ...task(),
    kind: "StepAction",
    spec: { env: [{ name: "X", value: "/tekton/home" }] },
  };
  const run: TaskRun = {
    apiVersion: "tekton.dev/v1",
    kind: "TaskRun",
    metadata: { generateName: "r-" },
    spec: { taskSpec: { steps: [], sidecars: [{ script: "ls /workspace/y" }] } },
  };
  expect(pathHints([pipeline, action, run])).toEqual([
    'Pipeline "p", task "a", task "b", steps[0]: /workspace',
    'Pipeline "p", task "c", steps[0]: /workspace/x',
    'StepAction "t", steps[0]: /tekton/home',
    'TaskRun "r-…", sidecars[0]: /workspace/y',
  ]);
});
