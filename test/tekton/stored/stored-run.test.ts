import { describe, expect, test } from "@jest/globals";
import { storedPipelineRunSpec, storedTaskRunSpec } from "../../../src/tekton/stored/stored-run.ts";
import { storedTask } from "../../../src/tekton/stored/stored-definition.ts";
import type { ParamSpec, PipelineRun, ResultSpec, TaskRun } from "../../../src/tekton/types.ts";

const steps = [{ image: "i", script: "true" }];
const keptSteps = [{ name: "", image: "i", script: "true", computeResources: {} }];

describe("what the API server keeps of runs", () => {
  test.each<readonly [string, TaskRun["spec"], TaskRun["spec"]]>([
    [
      "a TaskRun has a timeout, an account and the kind of its reference",
      { taskRef: { name: "t" }, params: [], workspaces: [] },
      { taskRef: { name: "t", kind: "Task" }, timeout: "1h0m0s", serviceAccountName: "default" },
    ],
    [
      "what is written stays, spans as Go writes them",
      { taskRef: { resolver: "git" }, timeout: "90m", serviceAccountName: "own" },
      { taskRef: { resolver: "git" }, timeout: "1h30m0s", serviceAccountName: "own" },
    ],
    [
      "an embedded Task has the fields that Go writes though they are empty",
      { taskSpec: { steps, stepTemplate: {} }, timeout: "0" },
      {
        taskSpec: { steps: keptSteps, stepTemplate: { computeResources: {} } },
        timeout: "0s",
        serviceAccountName: "default",
      },
    ],
  ])("%s", (_case, written, kept) => {
    expect(storedTaskRunSpec(written)).toEqual(kept);
    expect(storedTaskRunSpec(kept)).toEqual(kept);
  });

  test.each<readonly [string, PipelineRun["spec"], PipelineRun["spec"]]>([
    [
      "a PipelineRun has a limit and an account",
      { pipelineRef: { name: "p" }, timeouts: { tasks: "30m" } },
      {
        pipelineRef: { name: "p" },
        timeouts: { pipeline: "1h0m0s", tasks: "30m0s" },
        taskRunTemplate: { serviceAccountName: "default" },
      },
    ],
    [
      "an embedded Pipeline is filled in down to its Tasks",
      {
        pipelineSpec: {
          tasks: [
            { name: "a", taskRef: { name: "t" }, timeout: "60s" },
            { name: "b", taskSpec: { steps }, when: [{ input: "", operator: "notin" }] },
          ],
          results: [{ name: "r", value: "v" }],
        },
      },
      {
        pipelineSpec: {
          tasks: [
            { name: "a", taskRef: { name: "t", kind: "Task" }, timeout: "1m0s" },
            {
              name: "b",
              taskSpec: { metadata: {}, spec: null, steps: keptSteps },
              when: [{ operator: "notin" }],
            },
          ],
          results: [{ name: "r", value: "v", description: "" }],
        },
        timeouts: { pipeline: "1h0m0s" },
        taskRunTemplate: { serviceAccountName: "default" },
      },
    ],
  ])("%s", (_case, written, kept) => {
    expect(storedPipelineRunSpec(written)).toEqual(kept);
    expect(storedPipelineRunSpec(kept)).toEqual(kept);
  });
});

describe("the types of params and results that say none", () => {
  test.each<readonly [string, ParamSpec, ParamSpec["type"]]>([
    ["nothing but its name", { name: "p" }, "string"],
    ["a text by default", { name: "p", default: "" }, "string"],
    ["a list by default", { name: "p", default: [] }, "array"],
    ["a mapping by default", { name: "p", default: {} }, "object"],
    ["keys", { name: "p", properties: {} }, "object"],
    ["a type", { name: "p", type: "array" }, "array"],
  ])("a param with %s", (_case, param, type) => {
    const task = {
      apiVersion: "tekton.dev/v1",
      kind: "Task" as const,
      metadata: { name: "t" },
      spec: { steps, params: [param] },
    };
    expect(storedTask(task).spec.params).toEqual([{ ...param, type }]);
  });

  test.each<readonly [string, ResultSpec, ResultSpec]>([
    ["nothing but its name", { name: "r" }, { name: "r", type: "string" }],
    [
      "keys",
      { name: "r", properties: { k: {} } },
      { name: "r", type: "object", properties: { k: { type: "string" } } },
    ],
    [
      "a list by default",
      { name: "r", default: ["a"] },
      { name: "r", type: "string", default: ["a"] },
    ],
  ])("a result with %s", (_case, result, kept) => {
    const spec = storedTaskRunSpec({ taskSpec: { steps, results: [result] } });
    expect(spec.taskSpec?.results).toEqual([kept]);
  });
});
