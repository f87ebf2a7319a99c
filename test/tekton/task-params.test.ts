import { expect, test } from "@jest/globals";
import { taskParams } from "../../src/tekton/task-params.ts";
import type { Param, ParamSpec, ParamValue } from "../../src/tekton/types.ts";

const other: ParamSpec = { name: "other", default: "o" };
const bare: ParamSpec = { name: "bare" };

test.each<[string, readonly ParamSpec[], readonly Param[], Record<string, ParamValue> | string]>([
  [
    "what is given, declared or not",
    [bare],
    [
      { name: "bare", value: "$(params.more)" },
      { name: "more", value: ["a"] },
    ],
    { bare: "$(params.more)", more: ["a"] },
  ],
  [
    "the default of what a default names, whatever was given for it",
    [other, { name: "p", default: "$(params.other)-$(params.other)" }],
    [{ name: "other", value: "given" }],
    { other: "given", p: "o-o" },
  ],
  [
    "the last name in a default that has one of its own",
    [other, { name: "x", default: "x" }, { name: "p", default: "$(params.x) $(params.other)" }],
    [],
    { other: "o", x: "x", p: "$(params.x) o" },
  ],
  [
    "defaults that stand before it, and nothing where none does",
    [
      { name: "early", default: "$(params.p)!" },
      other,
      { name: "p", default: "$(params.other)?" },
      { name: "late", default: "$(params.p)!" },
    ],
    [],
    { other: "o", p: "o?", late: "o?!" },
  ],
  [
    "nothing for a default that names a param which has none",
    [bare, { name: "p", default: "$(params.bare)" }],
    [{ name: "bare", value: "b" }],
    { bare: "b" },
  ],
  [
    "lists as they are",
    [other, { name: "p", type: "array", default: ["$(params.other)"] }],
    [],
    { other: "o", p: ["$(params.other)"] },
  ],
  ["no missing value", [bare], [], "ParameterMissing"],
])("a task runs with %s", (_, specs, given, expected) => {
  const found = taskParams(specs, given);
  expect("fault" in found ? found.fault.reason : Object.fromEntries(found.values)).toEqual(
    expected,
  );
});
