import { describe, expect, test } from "@jest/globals";
import { taskUseFaults } from "../../../src/tekton/faults/task-use-faults.ts";
import { pipelineSpec } from "../../../src/tekton/pipeline-schemas.ts";
import { taskSpec } from "../../../src/tekton/task-schemas.ts";
import type { TaskSpec } from "../../../src/tekton/types.ts";
import { faultsOf } from "./faults-of.ts";

const steps = [{ name: "work", image: "busybox", script: "true" }];
const imageKeys = { url: {}, digest: {}, tag: {} };

/** The Tasks that the pipelines below refer to by name. */
const tasks: ReadonlyMap<string, TaskSpec> = new Map(
  Object.entries({
    build: {
      params: [
        { name: "branch" },
        { name: "flags", type: "array", default: ["a", "b"] },
        { name: "mode", enum: ["fast", "full"], default: "fast" },
        { name: "image", type: "object", properties: imageKeys, default: { tag: "latest" } },
      ],
      results: [
        { name: "digest" },
        { name: "layers", type: "array" },
        { name: "image", type: "object", properties: { url: {}, digest: {} } },
      ],
      workspaces: [{ name: "source" }, { name: "cache", optional: true }],
      steps: [{ name: "work", image: "busybox", args: ["$(params.flags[1])"] }],
    },
    say: { params: [{ name: "text" }], results: [{ name: "said" }], steps },
    all: { params: [{ name: "items", type: "array" }], steps },
    push: {
      params: [{ name: "image", type: "object", properties: { url: {}, digest: {} } }],
      steps,
    },
  }).map(([name, spec]) => [name, taskSpec.parse(spec)]),
);

const faults = (spec: string) =>
  faultsOf("Pipeline", spec, (value) =>
    taskUseFaults(pipelineSpec.parse(value), ["spec"], (task) =>
      tasks.get(task.taskRef?.name ?? ""),
    ),
  );

interface Pieces {
  /** Params that `build` is given besides the branch, each a line in braces. */
  readonly params?: string;
  readonly workspaces?: string;
  /** A task that runs after it: its Task, and the one param that it is given. */
  readonly then?: readonly [task: string, param: string, value: string];
  /** Lines at the end. */
  readonly end?: string;
}

/** A pipeline that gives its tasks what they need, apart from the pieces. */
function pipeline({ params, workspaces, then, end }: Pieces): string {
  const lines = [
    "params:",
    "  - {name: branch}",
    "  - {name: mode, enum: [fast, slow]}",
    "  - {name: list, type: array}",
    "  - {name: image, type: object, properties: {url: {}}}",
    "workspaces: [{name: shared}, {name: maybe, optional: true}]",
    "tasks:",
    "  - name: build",
    "    taskRef: {name: build}",
    "    params:",
    "      - {name: branch, value: $(params.branch)}",
    ...(params === undefined ? ["      - {name: image, value: {url: a, digest: b}}"] : [params]),
    `    workspaces: ${workspaces ?? "[{name: source, workspace: shared}]"}`,
    ...(then === undefined
      ? []
      : [
          "  - name: then",
          `    taskRef: {name: ${then[0]}}`,
          "    params:",
          `      - name: ${then[1]}`,
          `        value: ${then[2]}`,
        ]),
    ...(end === undefined ? [] : [end]),
  ];
  return lines.join("\n");
}

const image = "      - {name: image, value: {url: a, digest: b}}";
const given = (line: string) => ({ params: `${image}\n      - ${line}` });

describe("a pipeline and the tasks that it refers to agree", () => {
  test.each<[string, Pieces]>([
    ["on what is given and bound", {}],
    ["on a result", { then: ["say", "text", "$(tasks.build.results.digest)"] }],
    ["on an entry of an array", { then: ["say", "text", "$(tasks.build.results.layers[0])"] }],
    ["on a key of an object", { then: ["say", "text", "$(tasks.build.results.image.url)"] }],
    ["on a whole array", { then: ["all", "items", "$(tasks.build.results.layers[*])"] }],
    ["on a whole array of the pipeline", { then: ["all", "items", "$(params.list[*])"] }],
    ["on a whole object", { then: ["push", "image", "$(tasks.build.results.image[*])"] }],
    ["on a list", { then: ["all", "items", '[a, "$(tasks.build.results.digest)"]'] }],
    ["on an allowed value", given("{name: mode, value: full}")],
    ["on enough entries", given("{name: flags, value: [a, b]}")],
    ["on entries that are not known", given('{name: flags, value: ["$(params.list[*])"]}')],
    ["on nothing for a default", given("{name: mode, value: ''}")],
    [
      "on an optional workspace",
      { workspaces: "[{name: source, workspace: shared}, {name: cache, workspace: maybe}]" },
    ],
    [
      "on a matrix",
      {
        end: "  - name: each\n    taskRef: {name: say}\n    matrix: {params: [{name: text, value: [a, b]}]}",
      },
    ],
    [
      "on what include gives",
      {
        end: "  - name: each\n    taskRef: {name: say}\n    matrix: {include: [{params: [{name: text, value: a}]}]}",
      },
    ],
    [
      "where nothing is known of the task",
      { then: ["nobody", "x", "$(tasks.build.results.digest)"] },
    ],
    [
      "on results in results",
      { end: "results:\n  - name: digest\n    value: $(tasks.build.results.digest)" },
    ],
    [
      "on an embedded task, which takes more than it declares",
      {
        end: "  - name: here\n    params: [{name: x, value: a}]\n    taskSpec: {steps: [{name: a, image: b, script: c}]}",
      },
    ],
    [
      "on what a name that nobody declares may be, which is another mistake",
      { then: ["all", "items", "$(params.lost[*])"] },
    ],
  ])("%s", (_, pieces) => {
    expect(faults(pipeline(pieces))).toEqual([]);
  });
});

describe("a pipeline and the tasks that it refers to differ", () => {
  test.each<[string, Pieces, string]>([
    [
      "a misspelt param, once",
      given("{name: flag, value: [a, b]}"),
      "task-param-unknown 18:18 value of spec.tasks[0].params[2].name",
    ],
    [
      "a param that is not given, and has no whole default",
      { params: "" },
      "task-param-missing 13:13 value of spec.tasks[0].name",
    ],
    [
      "a string for an array",
      given("{name: flags, value: a}"),
      "task-param-type 18:32 value of spec.tasks[0].params[2].value",
    ],
    [
      "a list for a string",
      { then: ["say", "text", "[a]"] },
      "task-param-type 23:18 value of spec.tasks[1].params[0].value",
    ],
    [
      "a string result for an array",
      { then: ["all", "items", "$(tasks.build.results.digest)"] },
      "task-param-type 23:18 value of spec.tasks[1].params[0].value",
    ],
    [
      "an array for an object",
      { then: ["push", "image", "$(tasks.build.results.layers[*])"] },
      "task-param-type 23:18 value of spec.tasks[1].params[0].value",
    ],
    [
      "an object for an array",
      { then: ["all", "items", "{a: b}"] },
      "task-param-type 23:18 value of spec.tasks[1].params[0].value",
    ],
    [
      "an entry for an array",
      { then: ["all", "items", "$(params.list[0])"] },
      "task-param-type 23:18 value of spec.tasks[1].params[0].value",
    ],
    [
      "an object without a key",
      { params: "      - {name: image, value: {url: a}}" },
      "task-param-type 17:32 value of spec.tasks[0].params[1].value",
    ],
    [
      "a whole object without a key",
      { then: ["push", "image", "$(params.image[*])"] },
      "task-param-type 23:18 value of spec.tasks[1].params[0].value",
    ],
    [
      "too few entries",
      given("{name: flags, value: [a]}"),
      "task-param-value 18:32 value of spec.tasks[0].params[2].value",
    ],
    [
      "a value that is not allowed",
      given("{name: mode, value: quick}"),
      "task-param-value 18:31 value of spec.tasks[0].params[2].value",
    ],
    [
      "a param that allows more",
      given("{name: mode, value: $(params.mode)}"),
      "task-param-value 18:31 value of spec.tasks[0].params[2].value",
    ],
    [
      "a param that allows anything",
      given("{name: mode, value: $(params.branch)}"),
      "task-param-value 18:31 value of spec.tasks[0].params[2].value",
    ],
    [
      "an array in a matrix",
      {
        end: "  - name: each\n    taskRef: {name: all}\n    matrix: {params: [{name: items, value: [a, b]}]}",
      },
      "task-param-type 21:32 value of spec.tasks[1].matrix.params[0].name",
    ],
    [
      "an unknown param in a matrix",
      {
        end: "  - name: each\n    taskRef: {name: say}\n    params: [{name: text, value: a}]\n    matrix: {params: [{name: other, value: [a, b]}]}",
      },
      "task-param-unknown 22:32 value of spec.tasks[1].matrix.params[0].name",
    ],
    [
      "a workspace that is not bound",
      { workspaces: "[{name: cache, workspace: shared}]" },
      "task-workspace-missing 13:13 value of spec.tasks[0].name",
    ],
    [
      "a misspelt workspace, once",
      { workspaces: "[{name: sources, workspace: shared}]" },
      "task-workspace-unknown 18:27 value of spec.tasks[0].workspaces[0].name",
    ],
    [
      "an optional workspace for a needed one",
      { workspaces: "[{name: source, workspace: maybe}]" },
      "task-workspace-optional 18:46 value of spec.tasks[0].workspaces[0].workspace",
    ],
    [
      "a result that the task does not declare",
      { then: ["say", "text", "$(tasks.build.results.digset)"] },
      "task-result-unknown 23:18 value of spec.tasks[1].params[0].value",
    ],
    [
      "an undeclared result in when",
      {
        end: "  - name: then\n    taskRef: {name: say}\n    params: [{name: text, value: a}]\n    when: [{input: $(tasks.build.results.ok), operator: in, values: [a]}]",
      },
      "task-result-unknown 22:22 value of spec.tasks[1].when[0].input",
    ],
    [
      "an undeclared result in finally",
      {
        end: "finally:\n  - name: then\n    taskRef: {name: say}\n    params: [{name: text, value: $(tasks.build.results.ok)}]",
      },
      "task-result-unknown 22:36 value of spec.finally[0].params[0].value",
    ],
    [
      "an undeclared result of finally in results",
      {
        end: "finally:\n  - name: then\n    taskRef: {name: say}\n    params: [{name: text, value: a}]\nresults:\n  - name: x\n    value: $(finally.then.results.no)",
      },
      "task-result-unknown 25:14 value of spec.results[0].value",
    ],
    [
      "an undeclared result in the steps of an embedded task",
      {
        end: "  - name: here\n    taskSpec: {steps: [{name: a, image: b, script: $(tasks.build.results.no)}]}",
      },
      "task-result-unknown 20:54 value of spec.tasks[1].taskSpec.steps[0].script",
    ],
    [
      "a whole array in a text",
      { then: ["say", "text", "a $(tasks.build.results.layers[*])"] },
      "variable-misplaced 23:18 value of spec.tasks[1].params[0].value",
    ],
    [
      "a key that an object lacks",
      { then: ["say", "text", "$(tasks.build.results.image.tag)"] },
      "variable-misplaced 23:18 value of spec.tasks[1].params[0].value",
    ],
    [
      "a param that an embedded task needs",
      {
        end: "  - name: here\n    taskSpec: {params: [{name: x}], steps: [{name: a, image: b, script: c}]}",
      },
      "task-param-missing 19:13 value of spec.tasks[1].name",
    ],
  ])("%s", (_, pieces, expected) => {
    expect(faults(pipeline(pieces))).toEqual([expected]);
  });

  test("a param that is missing, each named", () => {
    const bare = `tasks:
  - name: build
    taskRef: {name: build}
    workspaces: [{name: source, workspace: shared}]`;
    const missing = "task-param-missing 7:13 value of spec.tasks[0].name";
    expect(faults(bare)).toEqual([missing, missing]);
  });
});
