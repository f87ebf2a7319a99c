import { expect, test } from "@jest/globals";
import { pipelineParams } from "../../src/tekton/pipeline-params.ts";
import type { Param, ParamSpec } from "../../src/tekton/types.ts";

test.each<[string, ParamSpec[], Param[], unknown]>([
  [
    "what is given, declared or not",
    [{ name: "a" }],
    [
      { name: "a", value: "1" },
      { name: "b", value: ["2"] },
    ],
    { a: "1", b: ["2"] },
  ],
  [
    "defaults that name other params, in any order",
    [
      { name: "image", default: "$(params.registry)/app:$(params.tag)" },
      { name: "registry", default: "$(params.host)/org" },
      { name: "host", default: "quay.io" },
      { name: "tag" },
      { name: "list", type: "array", default: ["x", "$(params.image)"] },
      { name: "object", default: { key: "$(params['tag'])" } },
    ],
    [{ name: "tag", value: "v1" }],
    {
      image: "quay.io/org/app:v1",
      registry: "quay.io/org",
      host: "quay.io",
      tag: "v1",
      list: ["x", "quay.io/org/app:v1"],
      object: { key: "v1" },
    },
  ],
  [
    "given values as they are, though they look like variables",
    [{ name: "a" }, { name: "b" }],
    [
      { name: "a", value: "$(params.b)" },
      { name: "b", value: "2" },
    ],
    { a: "$(params.b)", b: "2" },
  ],
  [
    "no circle",
    [
      { name: "a", default: "$(params.b)" },
      { name: "b", default: "$(params.a)" },
    ],
    [],
    "PipelineValidationFailed",
  ],
  ["no missing value", [{ name: "a" }], [], "ParameterMissing"],
])("a pipeline runs with %s", (_, specs, given, expected) => {
  const found = pipelineParams(specs, given);
  expect("fault" in found ? found.fault.reason : Object.fromEntries(found.values)).toEqual(
    expected,
  );
});
