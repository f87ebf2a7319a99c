import { expect, test } from "@jest/globals";
import { parseDuration } from "../../src/tekton/duration.ts";
import { resolveParams } from "../../src/tekton/resolve-params.ts";
import { runTimeouts } from "../../src/tekton/run-timeouts.ts";
import type { Param, ParamSpec, Timeouts } from "../../src/tekton/types.ts";

const minute = 60_000;

test.each([
  ["1h30m", 90 * minute],
  ["1.5s", 1500],
  ["100ms", 100],
  ["0", 0],
  ["0h5m0s", 5 * minute],
])("the duration %s is %d ms", (text, expected) => {
  expect(parseDuration(text)).toEqual({ ok: true, value: expected });
});

test.each(["", "1", "h", "-1h", "1h ", "1d", "1h2"])("%j is no duration", (text) => {
  expect(parseDuration(text).ok).toBe(false);
});

test.each<[Timeouts, { pipeline: number; tasks: number; finally: number; task: number }]>([
  [{}, { pipeline: 60, tasks: 60, finally: 60, task: 60 }],
  [{ pipeline: "4h" }, { pipeline: 240, tasks: 240, finally: 240, task: 60 }],
  [
    { pipeline: "2h", tasks: "90m" },
    { pipeline: 120, tasks: 90, finally: 30, task: 90 },
  ],
  [
    { pipeline: "2h", finally: "30m" },
    { pipeline: 120, tasks: 90, finally: 30, task: 60 },
  ],
  [{ pipeline: "0" }, { pipeline: Infinity, tasks: Infinity, finally: Infinity, task: 60 }],
])("the limits of %j are %j minutes", (timeouts, expected) => {
  const found = runTimeouts(timeouts);
  const minutes = found.ok
    ? Object.entries(found.value).map(([key, ms]) => [key, ms / minute])
    : [];
  expect(Object.fromEntries(minutes)).toEqual(expected);
});

test.each<[ParamSpec, Param[], unknown]>([
  [{ name: "a" }, [{ name: "a", value: "x" }], "x"],
  [{ name: "a", default: "d" }, [], "d"],
  [{ name: "a" }, [], "ParameterMissing"],
  [{ name: "a" }, [{ name: "a", value: ["x"] }], "ParameterTypeMismatch"],
  [{ name: "a", type: "array" }, [{ name: "a", value: "x" }], "ParameterTypeMismatch"],
  [{ name: "a", enum: ["x"] }, [{ name: "a", value: "y" }], "InvalidParamValue"],
  [{ name: "a", properties: { k: {} } }, [{ name: "a", value: {} }], "ObjectParameterMissKeys"],
  [
    { name: "a", properties: { k: {}, l: {} }, default: { k: "1" } },
    [{ name: "a", value: { l: "2" } }],
    { k: "1", l: "2" },
  ],
])("the param %j given %j is %j", (spec, given, expected) => {
  const found = resolveParams([spec], given);
  expect("fault" in found ? found.fault.reason : found.values.get("a")).toEqual(expected);
});
