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

type Minutes = readonly [
  pipeline: number,
  tasks: number,
  lastly: number,
  each: number,
  eachFinally: number,
];
const none = Infinity;

test.each<[Timeouts, Minutes]>([
  [{}, [60, none, none, 60, 60]],
  [{ pipeline: "4h" }, [240, none, none, 60, 60]],
  [{ tasks: "20m" }, [60, 20, none, 60, 60]],
  [{ pipeline: "2h", tasks: "90m" }, [120, 90, 30, 90, 60]],
  [{ pipeline: "4h", finally: "90m" }, [240, 150, 90, 150, 90]],
  [{ pipeline: "0" }, [none, none, none, 60, 60]],
  [{ pipeline: "0", tasks: "0" }, [none, none, none, none, 60]],
])("the limits of %j are %j minutes", (timeouts, expected) => {
  const found = runTimeouts(timeouts);
  if (!found.ok) throw new Error(found.problem.what);
  const { pipeline, tasks, finally: lastly, each } = found.value;
  const all = [pipeline, tasks, lastly, each.tasks, each.finally];
  expect(all.map((milliseconds) => milliseconds / minute)).toEqual(expected);
});

test.each<[ParamSpec, Param[], unknown]>([
  [{ name: "a" }, [{ name: "a", value: "x" }], "x"],
  [{ name: "a", default: "d" }, [], "d"],
  [{ name: "a" }, [], "ParameterMissing"],
  [{ name: "a" }, [{ name: "a", value: ["x"] }], "ParameterTypeMismatch"],
  [{ name: "a", type: "array" }, [{ name: "a", value: "x" }], "ParameterTypeMismatch"],
  [{ name: "a", enum: ["x"] }, [{ name: "a", value: "y" }], "InvalidParamValue"],
  [{ name: "a", enum: [] }, [{ name: "a", value: "y" }], "y"],
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
