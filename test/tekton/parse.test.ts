import { describe, expect, test } from "@jest/globals";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describeProblem, unwrap } from "../../src/problem.ts";
import { parsePipelineRun } from "../../src/tekton/parse-pipeline-run.ts";
import { parsePipeline } from "../../src/tekton/parse-pipeline.ts";
import { parseTaskRun } from "../../src/tekton/parse-task-run.ts";
import { parseTask } from "../../src/tekton/parse-task.ts";
import { parseYaml } from "../../src/yaml/parse-yaml.ts";
import type { SourceDocument } from "../../src/yaml/types.ts";

function document(text: string): SourceDocument {
  const [first] = parseYaml("tekton/x.yaml", text).documents;
  if (first === undefined) throw new Error("no document");
  return first;
}

describe("parsing Tekton's objects", () => {
  test.each(readdirSync("tekton/pipelines"))("reads our own pipeline %s", (name) => {
    const text = readFileSync(join("tekton/pipelines", name), "utf8");
    expect(unwrap(parsePipeline(document(text))).metadata.name).toBe(name.replace(".yaml", ""));
  });

  test.each(readdirSync("tekton/tasks"))(
    "reads our own task %s, whose scripts hold no variables",
    (name) => {
      const task = unwrap(parseTask(document(readFileSync(join("tekton/tasks", name), "utf8"))));
      expect(task.metadata.name).toBe(name.replace(".yaml", ""));
      for (const step of task.spec.steps) {
        expect(step.script).not.toMatch(/\$\((params|workspaces|results|context|tasks)[.[]/);
      }
    },
  );

  test.each([
    [
      "an unknown field",
      "spec:\n  tasks:\n    - name: a\n      taskReff: {name: x}",
      'tekton/x.yaml:7:7: spec.tasks[0] has no field "taskReff". Did you mean "taskRef"?',
    ],
    [
      "a wrong type",
      "spec:\n  tasks:\n    - name: [a]",
      "tekton/x.yaml:6:13: spec.tasks[0].name is a list; it has to be a string.",
    ],
    ["no tasks", "spec: {}", 'tekton/x.yaml:4:1: spec lacks the field "tasks".'],
    [
      "a name that is a path",
      "spec: {tasks: [{name: ../a}]}",
      '"../a" can\'t be the name of a task.',
    ],
  ])("names the place of %s", (_, spec, message) => {
    const text = `apiVersion: tekton.dev/v1\nkind: Pipeline\nmetadata: {name: p}\n${spec}\n`;
    const parsed = parsePipeline(document(text));
    expect(parsed.ok ? "" : describeProblem(parsed.problem)).toContain(message);
  });

  test("a field of an embedded spec is known whatever its capitals, as on a cluster, no other is", () => {
    const embedded = "{steps: [{script: x, workspaces: [{name: w, mountpath: /w}]}]}";
    const text = (spec: string) =>
      `apiVersion: tekton.dev/v1\nkind: TaskRun\nmetadata: {name: r}\nspec: ${spec}\n`;
    const run = unwrap(parseTaskRun(document(text(`{taskSpec: ${embedded}}`))));
    expect(run.spec.taskSpec?.steps[0]?.workspaces).toEqual([{ name: "w", mountPath: "/w" }]);
    const itself = unwrap(parseTaskRun(document(text("{TaskSpec: {steps: [{script: x}]}}"))));
    expect(itself.spec.taskSpec?.steps).toEqual([{ script: "x" }]);
    const outside = parseTaskRun(document(text(`{taskSpec: ${embedded}, taskref: {name: t}}`)));
    expect(outside.ok ? "" : describeProblem(outside.problem)).toContain('no field "taskref"');
  });

  test("values of params become strings, and lists of anything but strings their JSON", () => {
    const run = unwrap(
      parsePipelineRun(
        document(`
apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {generateName: a-}
spec: {pipelineRef: {name: p}, params: [{name: a, value: 4}, {name: b, value: [true, x]}]}`),
      ),
    );
    expect(run.spec.params).toEqual([
      { name: "a", value: "4" },
      { name: "b", value: '[true,"x"]' },
    ]);
  });

  test("v1beta1 is converted, embedded specs too", () => {
    const run = unwrap(
      parsePipelineRun(
        document(`
apiVersion: tekton.dev/v1beta1
kind: PipelineRun
metadata: {name: a}
spec:
  serviceAccountName: builder
  timeout: 4h
  pipelineSpec:
    tasks: [{name: t, taskSpec: {steps: [{script: x, resources: {limits: {memory: 1Gi}}}]}}]`),
      ),
    );
    expect(run.apiVersion).toBe("tekton.dev/v1");
    expect(run.spec.taskRunTemplate).toEqual({ serviceAccountName: "builder" });
    expect(run.spec.timeouts).toEqual({ pipeline: "4h" });
    expect(run.spec.pipelineSpec?.tasks[0]?.taskSpec?.steps[0]).toEqual({
      script: "x",
      computeResources: { limits: { memory: "1Gi" } },
    });
    const bundle = parseTaskRun(
      document(
        "apiVersion: tekton.dev/v1beta1\nkind: TaskRun\nmetadata: {name: a}\nspec: {taskRef: {bundle: x}}",
      ),
    );
    expect(bundle.ok ? "" : bundle.problem.what).toContain(
      'spec.taskRef has no field "bundle" any more',
    );
  });
});
