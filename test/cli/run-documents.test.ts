import { describe, expect, test } from "@jest/globals";
import { readRunDocuments, withParams } from "../../src/cli/run-documents.ts";

const task =
  "apiVersion: tekton.dev/v1\nkind: Task\nmetadata: {name: t}\nspec: {workspaces: [{name: w}], steps: [{script: x}]}\n";
const pipeline =
  "apiVersion: tekton.dev/v1\nkind: Pipeline\nmetadata: {name: p}\nspec: {tasks: [{name: a, taskRef: {name: t}}]}\n";
const run =
  "apiVersion: tekton.dev/v1\nkind: PipelineRun\nmetadata: {name: r}\nspec: {pipelineRef: {name: p}, params: [{name: a, value: b}]}\n";
const secret =
  "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {k: aGVsbG8=}\nstringData: {l: plain}\n";

const read = (...texts: string[]) => readRunDocuments("file.yaml", texts.join("---\n"));

describe("what a file asks to be run", () => {
  test.each([
    ["the runs that it has", [task, pipeline, run], ["PipelineRun r"]],
    ["a run for each pipeline, where it has none", [task, pipeline], ["PipelineRun p-"]],
    ["a run for each task, where it has no pipeline either", [task], ["TaskRun t-"]],
  ])("is %s", (_, texts, expected) => {
    const { runs } = read(...texts);
    const names = runs.map(({ kind, metadata }) => {
      return `${kind} ${metadata.name ?? metadata.generateName ?? ""}`;
    });
    expect(names).toEqual(expected);
  });

  test("secrets are decoded", () => {
    expect(read(task, secret).secrets).toEqual({ s: { k: "hello", l: "plain" } });
  });

  test("params given by hand take the place of the run's own", () => {
    const [first] = read(task, pipeline, run).runs;
    expect(withParams(first!, [{ name: "a", value: "c" }]).spec.params).toEqual([
      { name: "a", value: "c" },
    ]);
  });

  test.each([
    ["a: [", "file.yaml:1"],
    ["apiVersion: v1\nkind: Pod\n", 'The kind "Pod" cannot be run'],
    [pipeline.replace("taskRef", "taskReff"), 'spec.tasks[0] has no field "taskReff"'],
  ])("%j is refused with its place", (text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});
