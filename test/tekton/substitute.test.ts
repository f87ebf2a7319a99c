import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  expandEnvironment,
  substituteList,
  substituteText,
  substituteValue,
} from "../../src/tekton/substitute.ts";
import type { ParamValue } from "../../src/tekton/types.ts";

const variables = new Map<string, ParamValue>([
  ["params.version", "4.19"],
  ["params.dotted.name", "d"],
  ["params.list", ["a", "b"]],
  ["params.empty", []],
  ["params.whole[*]", ["c", "d"]],
  ["params.object", { key: "value", other: "$(params.version)" }],
  ["params.trap", "$(params.version) $(params.trap)"],
  ["tasks.build.results.digest", "sha256:0"],
  ["context.taskRun.name", "run"],
]);

describe("substituteText", () => {
  test.each([
    ["$(params.version)", "4.19"],
    ["v$(params.version)-$(params.version)", "v4.19-4.19"],
    ["$(params['version'])", "4.19"],
    ['$(params["version"])', "4.19"],
    ['$(params["dotted.name"])', "d"],
    ["$(params.list[1])", "b"],
    ["$(params.list[2])", "$(params.list[2])"],
    ["$(params.list)", "$(params.list)"],
    ["x $(params.list[*])", "x $(params.list[*])"],
    ["$(params.whole[0])", "$(params.whole[0])"],
    ["$(params.object.key)", "value"],
    ["$(params.object.constructor)", "$(params.object.constructor)"],
    ["$(tasks.build.results.digest)", "sha256:0"],
    ["$(context.taskRun.name)", "run"],
    ["$(params.unknown)", "$(params.unknown)"],
    ["$(HOME) $$ $( $(date)", "$(HOME) $$ $( $(date)"],
    ["$$(params.version)", "$4.19"],
  ])("%s becomes %s", (text, expected) => {
    expect(substituteText(text, variables)).toBe(expected);
  });

  test("is a single pass: what a value holds is never read as a variable", () => {
    expect(substituteText("$(params.trap)", variables)).toBe("$(params.version) $(params.trap)");
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (before, value, after) => {
        fc.pre(!`${before}${after}`.includes("$("));
        const one = new Map([["params.x", value]]);
        fc.pre(!before.endsWith("$"));
        expect(substituteText(`${before}$(params.x)${after}`, one)).toBe(before + value + after);
      }),
    );
  });

  test("leaves text without known variables as it is", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(substituteText(text, new Map())).toBe(text);
      }),
    );
  });
});

test.each([
  [["$(params.list[*])"], ["a", "b"]],
  [["$(params['whole'][*])"], ["c", "d"]],
  [
    ["x", "$(params.list[*])", "y"],
    ["x", "a", "b", "y"],
  ],
  [["$(params.empty[*])"], []],
  [["$(params.unknown[*])"], ["$(params.unknown[*])"]],
  [["$(params.version)"], ["4.19"]],
])("the list %j becomes %j", (list, expected) => {
  expect(substituteList(list, variables)).toEqual(expected);
});

test.each<[ParamValue, ParamValue]>([
  ["$(params.list[*])", ["a", "b"]],
  ["$(params.object[*])", { key: "value", other: "$(params.version)" }],
  ["$(params.list)", ["a", "b"]],
  ["$(params.version)", "4.19"],
  [{ a: "$(params.version)" }, { a: "4.19" }],
  [
    ["$(params.list[*])", "c"],
    ["a", "b", "c"],
  ],
])("the value %j becomes %j", (value, expected) => {
  expect(substituteValue(value, variables)).toEqual(expected);
});

test.each([
  ["$(A)", "1"],
  ["$$(A)", "$(A)"],
  ["$(B) $A $$", "$(B) $A $"],
  ["$(constructor)", "$(constructor)"],
])("Kubernetes expands %s to %s", (text, expected) => {
  expect(expandEnvironment(text, { A: "1" })).toBe(expected);
});
