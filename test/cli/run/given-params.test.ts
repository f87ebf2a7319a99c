import { describe, expect, test } from "@jest/globals";
import { collectParam, withGivenParams } from "../../../src/cli/run/given-params.ts";
import { specOfRun } from "../../../src/cli/run/spec-of-run.ts";
import type { Pipeline, PipelineRun } from "../../../src/tekton/types.ts";

const pipeline: Pipeline = {
  apiVersion: "tekton.dev/v1",
  kind: "Pipeline",
  metadata: { name: "p" },
  spec: {
    params: [
      { name: "version" },
      { name: "images", type: "array" },
      { name: "labels", default: { a: "b" } },
    ],
    tasks: [],
  },
};
const run: PipelineRun = {
  apiVersion: "tekton.dev/v1",
  kind: "PipelineRun",
  metadata: { name: "r" },
  spec: { pipelineRef: { name: "p" }, params: [{ name: "version", value: "1" }] },
};

const given = (text: string, target: PipelineRun = run) =>
  withGivenParams(target, collectParam(text, []), specOfRun(target, [pipeline])).spec.params;

describe("params of the command line", () => {
  test("take the place of the run's own", () => {
    expect(given("version=2=3")).toEqual([{ name: "version", value: "2=3" }]);
  });

  test.each([
    ['version=["a"]', '["a"]'],
    ['images=["a", 1]', ["a", "1"]],
    ['labels={"x": "y", "n": true}', { x: "y", n: "true" }],
  ])("%s is read as the type that is declared", (text, value) => {
    expect(given(text)?.at(-1)?.value).toEqual(value);
  });

  test("may be undeclared where an embedded pipeline could use them", () => {
    const { spec } = run;
    const embedded = { ...run, spec: { ...spec, pipelineRef: {}, pipelineSpec: { tasks: [] } } };
    expect(given("free=x", embedded)).toContainEqual({ name: "free", value: "x" });
  });

  test.each([
    ["images=a", "images is an array"],
    ['images={"a":"b"}', "images is an array"],
    ["labels=[]", "labels is an object"],
    ["vresion=2", 'Did you mean "version"?'],
    ["version", "Write --param NAME=VALUE"],
    ["=x", "Write --param NAME=VALUE"],
  ])("%s is refused", (text, message) => {
    expect(() => given(text)).toThrow(message);
  });
});
