import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parse } from "yaml";
import { printedObjects } from "../../../src/cli/run/printed-objects.ts";
import type { PipelineRunObject } from "../../../src/runner/types.ts";

const description = "Says\n\n  what it is,\n\tand why\n";

function run(name: string, text = description): PipelineRunObject {
  return {
    kind: "PipelineRun",
    apiVersion: "tekton.dev/v1",
    spec: { pipelineSpec: { tasks: [], description: text } },
    metadata: {
      uid: "u",
      name,
      namespace: "default",
      resourceVersion: "7",
      generation: 1,
      creationTimestamp: "2026-01-02T03:04:05Z",
      labels: { version: "4.21", on: "yes" },
    },
  };
}

describe("finished objects", () => {
  test("are printed as kubectl does: sorted keys, lists at their key, texts of many lines as they are", () => {
    expect(printedObjects([run("one")], "yaml")).toBe(`apiVersion: tekton.dev/v1
kind: PipelineRun
metadata:
  creationTimestamp: "2026-01-02T03:04:05Z"
  generation: 1
  labels:
    "on": "yes"
    version: "4.21"
  name: one
  namespace: default
  resourceVersion: "7"
  uid: u
spec:
  pipelineSpec:
    description: |
      Says

        what it is,
      \tand why
    tasks: []
`);
  });

  test("are JSON with sorted keys, four blanks deep", () => {
    const lines = printedObjects([run("one")], "json").split("\n");
    expect(lines.slice(0, 5)).toEqual([
      "{",
      '    "apiVersion": "tekton.dev/v1",',
      '    "kind": "PipelineRun",',
      '    "metadata": {',
      '        "creationTimestamp": "2026-01-02T03:04:05Z",',
    ]);
  });

  test("are a List where there are many, or none", () => {
    const list = { apiVersion: "v1", kind: "List", metadata: { resourceVersion: "" } };
    const two = [run("one"), run("two")];
    expect(JSON.parse(printedObjects(two, "json"))).toEqual({ ...list, items: two });
    expect(parse(printedObjects([], "yaml"))).toEqual({ ...list, items: [] });
  });

  test("are read back as they were, by readers of YAML 1.1 too", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary-ascii" }),
      fc
        .array(fc.constantFrom("", " ", "a", "\t", "no", "# b", ": c", "- d", "\\", "  e"))
        .map((all) => all.join("\n")),
    );
    fc.assert(
      fc.property(text, (written) => {
        const object = run("one", written);
        const printed = printedObjects([object], "yaml");
        expect(parse(printed, { version: "1.1" })).toEqual(object);
        expect(parse(printed)).toEqual(object);
        expect(JSON.parse(printedObjects([object], "json"))).toEqual(object);
      }),
    );
  });
});
