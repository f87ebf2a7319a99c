import { describe, test } from "@jest/globals";
import fc from "fast-check";
import { pipelineSpecFaults } from "../../../src/tekton/faults/pipeline-faults.ts";
import { pipelineRunFaults } from "../../../src/tekton/faults/run-faults.ts";
import type { TektonFault } from "../../../src/tekton/faults/tekton-fault.ts";
import { pipelineRun, pipelineSpec } from "../../../src/tekton/pipeline-schemas.ts";

const name = fc.constantFrom("a", "b", "c", "build");
const text = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc
    .array(
      fc.constantFrom(
        "$(",
        ")",
        "$$",
        "[*]",
        "[0]",
        "['a']",
        ".",
        "params",
        "tasks",
        "results",
        "finally",
        "status",
        "context",
        "a",
        "b",
        "$(params.a)",
        "$(params.b[*])",
        "$(params.c.a)",
        "$(tasks.a.results.b)",
        "$(tasks.b.status)",
        "__proto__",
        "constructor",
      ),
      { maxLength: 6 },
    )
    .map((parts) => parts.join("")),
);
const value = fc.oneof(text, fc.array(text, { maxLength: 3 }), fc.dictionary(name, text));
const params = fc.array(fc.record({ name, value }), { maxLength: 3 });
const optional: { requiredKeys: ["name"] } = { requiredKeys: ["name"] };
const results = fc.array(
  fc.record({ name, type: fc.constantFrom("string", "array", "object") }, optional),
  { maxLength: 2 },
);
const taskSpec = fc.record({
  results,
  steps: fc.array(fc.record({ name, image: name, script: text }, optional), {
    minLength: 1,
    maxLength: 2,
  }),
});
const task = fc.record(
  {
    name,
    taskRef: fc.record(
      { name: text, kind: text, apiVersion: text, resolver: text, params },
      { requiredKeys: [] },
    ),
    taskSpec,
    params,
    runAfter: fc.array(name, { maxLength: 2 }),
    when: fc.array(
      fc.record(
        {
          input: text,
          operator: fc.constantFrom("in", "notin"),
          values: fc.array(text, { maxLength: 2 }),
          cel: text,
        },
        { requiredKeys: [] },
      ),
      { maxLength: 2 },
    ),
    workspaces: fc.array(fc.record({ name, workspace: name, subPath: text }, optional), {
      maxLength: 2,
    }),
    matrix: fc.record(
      { params, include: fc.array(fc.record({ name: text, params }), { maxLength: 2 }) },
      { requiredKeys: [] },
    ),
    retries: fc.nat(3),
    onError: fc.constantFrom("continue", "stopAndFail"),
    timeout: text,
  },
  optional,
);
const spec = fc.record(
  {
    tasks: fc.array(task, { minLength: 1, maxLength: 4 }),
    finally: fc.array(task, { maxLength: 2 }),
    params: fc.array(
      fc.record({ name, type: fc.constantFrom("string", "array", "object") }, optional),
      { maxLength: 3 },
    ),
    workspaces: fc.array(fc.record({ name }), { maxLength: 2 }),
    results: fc.array(fc.record({ name, value }), { maxLength: 2 }),
  },
  { requiredKeys: ["tasks"] },
);

/** Whether the node at a path exists in an object. */
function exists(object: unknown, path: TektonFault["path"]): boolean {
  const [first, ...rest] = path;
  if (first === undefined) return object !== undefined;
  if (typeof object !== "object" || object === null || !Object.hasOwn(object, first)) return false;
  return exists(Object.getOwnPropertyDescriptor(object, first)?.value, rest);
}

function check(faults: readonly TektonFault[], document: unknown): void {
  for (const { path, message, help } of faults) {
    const isWhole = exists(document, path) && /\.$/.test(message) && /[.?]$/.test(help);
    if (!isWhole) throw new Error(`${path.join(".")}: ${message} ${help}`);
  }
}

describe("whatever a spec holds that the schema allows, each fault stands in it", () => {
  test("of a Pipeline", () => {
    fc.assert(
      fc.property(spec, (given) => {
        const parsed = pipelineSpec.safeParse(given);
        fc.pre(parsed.success);
        check(pipelineSpecFaults(parsed.data, ["spec"]), { spec: given });
      }),
      { numRuns: 150 },
    );
  });

  test("of a PipelineRun", () => {
    const run = fc.record(
      {
        pipelineRef: fc.record({ name: text }),
        pipelineSpec: spec,
        params,
        workspaces: fc.array(fc.record({ name, emptyDir: fc.constant({}) }, optional), {
          maxLength: 2,
        }),
        timeouts: fc.record({ pipeline: text, tasks: text, finally: text }, { requiredKeys: [] }),
        taskRunSpecs: fc.array(
          fc.record({ pipelineTaskName: name, timeout: text }, { requiredKeys: [] }),
          { maxLength: 2 },
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(run, (given) => {
        const object = {
          apiVersion: "tekton.dev/v1",
          kind: "PipelineRun",
          metadata: { name: "a" },
          spec: given,
        };
        const parsed = pipelineRun.safeParse(object);
        fc.pre(parsed.success);
        check(pipelineRunFaults(parsed.data), object);
      }),
      { numRuns: 150 },
    );
  });
});
