import { describe, expect, test } from "@jest/globals";
import { pipelinePath, repositoryOf, taskPath, withChange } from "../repository-of.ts";

const results = "    - name: version\n    - name: flavour\n      default: plain\n";

/** The good files with a task whose results are declared, and a change of the pipeline. */
function filesWith(change: readonly [from: string, to: string] | undefined) {
  const task = withChange(
    taskPath,
    results,
    `${results}  results:
    - name: pull-spec
    - name: pull-specs
      type: array
    - name: image-digest
    - name: ready
`,
  );
  const pipeline = task[pipelinePath] ?? "";
  const changed = change === undefined ? pipeline : pipeline.replace(change[0], change[1]);
  if (change !== undefined && changed === pipeline) throw new Error(`${change[0]} is not there`);
  return { ...task, [pipelinePath]: changed };
}

const found = (change?: readonly [string, string]) =>
  repositoryOf(filesWith(change))
    .findings.filter(({ rule }) => rule.startsWith("release-") || rule.startsWith("task-"))
    .map(({ rule, line, column, message }) => `${rule} ${line}:${column} ${message}`);

const runsTask = "    - name: assemble\n";
const when = (input: string, operator: string, values: string) =>
  `${runsTask}      when: [{input: ${input}, operator: ${operator}, values: ${values}}]\n`;
const first = `    - name: first
      taskSpec:
        results:
          - name: ready
        steps:
          - name: first
            image: busybox
            script: echo
`;

describe("the results of a release", () => {
  test.each<[string, readonly [string, string] | undefined]>([
    ["a task that always runs gives them", undefined],
    [
      "a task runs with the parameters as they are",
      [runsTask, when("$(params.branch)", "in", "[master]")],
    ],
    [
      "a task runs with the default",
      [runsTask, when('"$(params.tag-latest)"', "notin", '["true"]')],
    ],
  ])("are certain where %s", (_, change) => {
    expect(found(change)).toEqual([]);
  });

  test.each<[string, readonly [string, string], string]>([
    [
      "never runs",
      [runsTask, when("$(params.tag-latest)", "in", '["true"]')],
      'the task "assemble" never runs with these parameters (`when`).',
    ],
    [
      "runs only where a result says so",
      [runsTask, first + when("$(tasks.first.results.ready)", "in", '["true"]')],
      'the task "assemble" runs only where its `when` holds.',
    ],
    [
      "runs only where an expression holds",
      [runsTask, `${runsTask}      when: [{cel: "'$(params.branch)' == 'x'"}]\n`],
      'the task "assemble" runs only where its `when` holds.',
    ],
    [
      "may fail",
      [runsTask, `${runsTask}      onError: continue\n`],
      'the task "assemble" may fail without failing the run (`onError: continue`).',
    ],
    [
      "takes a result of one that may fail",
      [
        `${runsTask}      taskRef`,
        `${first.replace("      taskSpec", "      onError: continue\n      taskSpec")}${runsTask}      matrix: {params: [{name: flavour, value: [$(tasks.first.results.ready)]}]}\n      taskRef`,
      ],
      'the task "assemble" needs a result of `first`, which may fail without failing the run (`onError: continue`).',
    ],
  ])("may be missing where a task %s", (_, change, why) => {
    const expected = `release-result-skipped 27:19 A successful build may lack "pull-spec" and "image-digest": ${why}`;
    expect(found(change)).toEqual([expected]);
  });

  test.each([
    ["an array", "      type: array\n      value: $(tasks.assemble.results.pull-specs[*])\n"],
    ["an array without its type", "      value: $(tasks.assemble.results.pull-specs[*])\n"],
    ["a list", "      value: [$(tasks.assemble.results.pull-spec)]\n"],
  ])("are no strings where the pipeline gives %s", (_, value) => {
    expect(found(["      value: $(tasks.assemble.results.pull-spec)\n", value])).toEqual([
      'release-result-type 27:19 The result "pull-spec" of the pipeline is an array or an object.',
    ]);
  });
});
