import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { unwrap } from "../../../src/problem.ts";
import type { PipelineRunObject } from "../../../src/runner/types.ts";
import { parsePipeline } from "../../../src/tekton/parse-pipeline.ts";
import { parseStepAction } from "../../../src/tekton/parse-step-action.ts";
import { parseTask } from "../../../src/tekton/parse-task.ts";
import { parseYaml } from "../../../src/yaml/parse-yaml.ts";
import { startTestEngine, type TestEngine } from "../helpers.ts";

/** Prints its params, one a line. */
const say = `apiVersion: tekton.dev/v1
kind: Task
metadata: {name: say}
spec:
  params: [{name: text, type: string}, {name: more, default: "-"}]
  results: [{name: said}]
  steps:
    - name: s
      script: |
        echo "$(params.text) $(params.more)"
        printf '%s' "$(params.text)" > $(results.said.path)
`;

const run = (name: string, spec: string): string =>
  `apiVersion: tekton.dev/v1\nkind: PipelineRun\nmetadata: {name: ${name}}\nspec:\n${spec.replaceAll(/^/gm, "  ")}`;

const conditionOf = ({ status }: PipelineRunObject): string => {
  const { reason = "", message = "" } = status?.conditions[0] ?? {};
  return `${reason}: ${message}`;
};

describe("pipelines", () => {
  let engine: TestEngine;
  const apply = (text: string): void => {
    const [document] = parseYaml("x.yaml", text).documents;
    const kind = /^kind: (.*)$/m.exec(text)?.[1] ?? "";
    const parse = { Pipeline: parsePipeline, StepAction: parseStepAction }[kind] ?? parseTask;
    engine.apply(unwrap<Parameters<TestEngine["apply"]>[0]>(parse(document!)));
  };
  const logs = async (name: string): Promise<string[]> => {
    const found = engine.store.taskRuns
      .list()
      .filter(({ metadata }) => metadata.name.startsWith(name));
    const texts = found.map(async ({ status }) =>
      engine.readLog(status.podName, status.steps?.[0]?.container ?? ""),
    );
    return (await Promise.all(texts)).map((text) => (text ?? "").trim());
  };
  beforeEach(async () => {
    engine = await startTestEngine();
    apply(say);
  });
  afterEach(() => engine.close());

  test("a matrix runs each combination, and gives its results and sizes as lists", async () => {
    const ended = await engine.run(
      run(
        "m",
        `pipelineSpec:
  params: [{name: images, type: array, default: [a, b]}]
  results: [{name: all, value: "$(tasks.fan.results.said[*])"}]
  tasks:
    - name: fan
      displayName: "say $(params.text)"
      taskRef: {name: say}
      matrix:
        params: [{name: text, value: ["$(params.images[*])"]}]
        include: [{name: last, params: [{name: text, value: b}, {name: more, value: "!"}]}]
    - name: use
      taskRef: {name: say}
      params: [{name: text, value: "$(tasks.fan.results.said[1])"}]
    - name: sizes
      runAfter: [fan]
      taskRef: {name: say}
      params: [{name: text, value: "$(tasks.fan.matrix.length) $(tasks.fan.matrix.said.length)"}]
    - name: again
      taskRef: {name: say}
      matrix: {params: [{name: text, value: "$(tasks.fan.results.said[*])"}]}`,
      ),
    );
    expect(conditionOf(ended)).toBe(
      "Succeeded: Tasks Completed: 4 (Failed: 0, Cancelled 0), Skipped: 0",
    );
    expect(ended.status?.results).toEqual([{ name: "all", value: ["a", "b"] }]);
    expect(
      ended.status?.childReferences?.map(({ name, displayName }) => [name, displayName]),
    ).toEqual([
      ["m-fan-0", "say a"],
      ["m-fan-1", "last"],
      ["m-use", undefined],
      ["m-sizes", undefined],
      ["m-again-0", undefined],
      ["m-again-1", undefined],
    ]);
    expect(await logs("m-fan")).toEqual(["a -", "b !"]);
    expect(await logs("m-use")).toEqual(["b -"]);
    expect(await logs("m-sizes")).toEqual(["2 2 -"]);
    expect(await logs("m-again")).toEqual(["a -", "b -"]);
  });

  test("a matrix over an empty list is skipped, and a failed combination fails the task", async () => {
    const ended = await engine.run(
      run(
        "e",
        `params: [{name: none, value: []}]
pipelineSpec:
  params: [{name: none, type: array}]
  tasks:
    - name: empty
      taskRef: {name: say}
      matrix: {params: [{name: text, value: ["$(params.none[*])"]}]}
    - name: some
      matrix: {params: [{name: code, value: ["0", "1"]}]}
      onError: continue
      taskSpec: {params: [{name: code}], steps: [{script: exit $(params.code)}]}`,
      ),
    );
    expect(conditionOf(ended)).toBe(
      "Completed: Tasks Completed: 1 (Failed: 1 (Ignored: 1), Cancelled 0), Skipped: 1",
    );
    expect(ended.status?.skippedTasks).toEqual([
      { name: "empty", reason: "Matrix Parameters have an empty array" },
    ]);
  });

  test("params reach embedded specs: the task's own first, then the run's, then defaults", async () => {
    const ended = await engine.run(
      run(
        "p",
        `params:
  - {name: run, value: of the run}
  - {name: both, value: of the run}
  - {name: object, value: {a: run, b: run}}
pipelineSpec:
  params: [{name: defaulted, default: "default $(params.run)"}]
  tasks:
    - name: t
      params: [{name: both, value: of the task}, {name: object, value: {b: task}}]
      taskSpec:
        params: [{name: run, default: of the spec}, {name: own, default: own}]
        steps:
          - name: s
            script: |
              echo "$(params.run), $(params.both), $(params.own), $(params.defaulted)"
              echo "$(params.object.a) $(params.object.b) $(context.pipelineRun.name)"`,
      ),
    );
    expect(conditionOf(ended)).toContain("Succeeded");
    expect(await logs("p-t")).toEqual([
      "of the run, of the task, own, default of the run\nrun task p",
    ]);
    const [task] = ended.status?.pipelineSpec?.tasks ?? [];
    expect(task?.taskSpec?.steps[0]?.script).toContain("of the run, of the task");
  });

  test("values of params may name the run and its workspaces, and no param", async () => {
    await engine.run(
      run(
        "named",
        `params: [{name: given, value: "in $(context.pipelineRun.namespace), $(params.other)"}]
workspaces: [{name: shared, emptyDir: {}}]
pipelineSpec:
  params:
    - {name: given}
    - {name: other, default: "of $(context.pipelineRun.name), $(workspaces.shared.bound)"}
  tasks:
    - name: t
      taskRef: {name: say}
      params: [{name: text, value: $(params.given)}, {name: more, value: $(params.other)}]`,
      ),
    );
    const [task] = engine.store.taskRuns.list();
    expect(task?.spec.params).toEqual([
      { name: "text", value: "in default, $(params.other)" },
      { name: "more", value: "of named, true" },
    ]);
  });

  test("workspaces and results reach embedded specs that do not name them", async () => {
    const ended = await engine.run(
      run(
        "w",
        `workspaces: [{name: shared, volumeClaimTemplate: {spec: {}}, subPath: below}]
pipelineSpec:
  tasks:
    - name: first
      taskRef: {name: say}
      params: [{name: text, value: hello}]
    - name: write
      taskSpec:
        steps: [{script: 'echo "$(tasks.first.results.said)" > $(workspaces.shared.path)/f'}]
    - name: read
      runAfter: [write]
      taskSpec: {steps: [{name: s, script: "cat $(workspaces.shared.path)/f"}]}`,
      ),
    );
    expect(conditionOf(ended)).toContain("Succeeded");
    expect(await logs("w-read")).toEqual(["hello"]);
  });

  test("steps of embedded specs may be StepActions, and give them what earlier tasks found out", async () => {
    apply(`apiVersion: tekton.dev/v1
kind: StepAction
metadata: {name: greet}
spec:
  params: [{name: who}]
  image: bash
  command: [echo]
  args: ["hello $(params.who)"]
`);
    const ended = await engine.run(
      run(
        "act",
        `pipelineSpec:
  tasks:
    - name: first
      taskRef: {name: say}
      params: [{name: text, value: you}]
    - name: call
      taskSpec:
        steps:
          - ref: {name: greet}
            params: [{name: who, value: $(tasks.first.results.said)}]`,
      ),
    );
    expect(conditionOf(ended)).toContain("Succeeded");
    expect(await logs("act-call")).toEqual(["hello you"]);
  });

  test("taskRunSpecs and the task's metadata reach the TaskRun", async () => {
    const ended = await engine.run(
      run(
        "s",
        `taskRunTemplate: {serviceAccountName: all}
taskRunSpecs:
  - pipelineTaskName: t
    serviceAccountName: one
    timeout: 5s
    podTemplate: {nodeSelector: {disk: "$(params.text)"}}
    metadata: {labels: {from: spec}, annotations: {note: spec}}
pipelineSpec:
  tasks:
    - {name: t, taskRef: {name: say}, params: [{name: text, value: ssd}]}
    - name: u
      timeout: 3m
      taskSpec: {metadata: {labels: {from: task}}, steps: [{script: "true"}]}`,
      ),
    );
    expect(conditionOf(ended)).toContain("Succeeded");
    const [t, u] = engine.store.taskRuns.list();
    expect(t?.spec).toMatchObject({
      serviceAccountName: "one",
      timeout: "5s",
      podTemplate: { nodeSelector: { disk: "ssd" } },
    });
    expect(t?.metadata.labels).toMatchObject({ from: "spec", "tekton.dev/pipelineTask": "t" });
    expect(t?.metadata.annotations).toEqual({ note: "spec" });
    expect(u?.spec).toMatchObject({ serviceAccountName: "all", timeout: "3m0s" });
    expect(u?.metadata.labels).toMatchObject({ from: "task" });
  });

  test("a pipeline may be a task, by name or embedded, and fails as one", async () => {
    apply(`apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: inner}
spec:
  params: [{name: text}]
  workspaces: [{name: w}]
  tasks:
    - name: t
      params: [{name: text, value: "$(params.text)"}]
      taskRef: {name: say}
    - name: u
      taskSpec: {steps: [{name: s, script: "touch $(workspaces.w.path)/seen"}]}
`);
    const ended = await engine.run(
      run(
        "outer",
        `workspaces: [{name: data, volumeClaimTemplate: {spec: {}}}]
pipelineSpec:
  workspaces: [{name: data}]
  tasks:
    - name: named
      pipelineRef: {name: inner}
      params: [{name: text, value: from outside}]
      workspaces: [{name: w, workspace: data}]
    - name: look
      runAfter: [named]
      workspaces: [{name: data}]
      taskSpec:
        workspaces: [{name: data}]
        steps: [{script: "test -e $(workspaces.data.path)/seen"}]
    - name: embedded
      runAfter: [look]
      pipelineSpec: {tasks: [{name: bad, taskSpec: {steps: [{script: "false"}]}}]}`,
      ),
    );
    expect(conditionOf(ended)).toBe(
      "Failed: Tasks Completed: 3 (Failed: 1, Cancelled 0), Skipped: 0",
    );
    expect(await logs("outer-named-t")).toEqual(["from outside -"]);
    expect(ended.status?.childReferences?.map(({ kind, name }) => [kind, name])).toEqual([
      ["PipelineRun", "outer-named"],
      ["TaskRun", "outer-look"],
      ["PipelineRun", "outer-embedded"],
    ]);
  });

  test("later tasks and the pipeline's own results use what a pipeline as a task gave", async () => {
    const ended = await engine.run(
      run(
        "given",
        `pipelineSpec:
  results: [{name: all, value: "$(tasks.inner.results.word)!"}]
  tasks:
    - name: inner
      pipelineSpec:
        results: [{name: word, value: $(tasks.a.results.said)}]
        tasks: [{name: a, taskRef: {name: say}, params: [{name: text, value: inside}]}]
    - name: use
      params: [{name: text, value: $(tasks.inner.results.word)}]
      taskRef: {name: say}`,
      ),
    );
    expect(conditionOf(ended)).toMatch(/^Succeeded/);
    expect(await logs("given-use")).toEqual(["inside -"]);
    expect(ended.status?.results).toEqual([{ name: "all", value: "inside!" }]);
  });

  test("a result may name a task's Task, which is looked for when it is due", async () => {
    const named = (name: string, taskName: string): string =>
      run(
        name,
        `pipelineSpec:
  tasks:
    - {name: choose, taskRef: {name: say}, params: [{name: text, value: ${taskName}}]}
    - {name: use, taskRef: {name: $(tasks.choose.results.said)}, params: [{name: text, value: hello}]}`,
      );
    expect(conditionOf(await engine.run(named("chosen", "say")))).toMatch(/^Succeeded/);
    expect(await logs("chosen-use")).toEqual(["hello -"]);
    const gone = await engine.run(named("gone", "sya"));
    expect(conditionOf(gone)).toMatch(/^CouldntGetTask: task "use": there is no Task "sya" here/);
    apply(say.replace("name: say", "name: other").replace("name: text", "name: wanted"));
    expect(conditionOf(await engine.run(named("unfit", "other")))).toMatch(
      /^PipelineValidationFailed: invalid input params for task use: missing values .*\[wanted\]/,
    );
  });

  test("as many tasks run at a time as wait for one another, unless there is a limit", async () => {
    const count = 12;
    const tasks = Array.from(
      { length: count },
      (_, index) => `
    - name: t${index}
      workspaces: [{name: w}]
      taskSpec:
        steps:
          - script: |
              touch $(workspaces.w.path)/${index}
              while [ $(ls $(workspaces.w.path) | wc -l) -lt ${count} ]; do sleep 0.05; done`,
    );
    const ended = await engine.run(
      run(
        "together",
        `workspaces: [{name: w, volumeClaimTemplate: {spec: {}}}]
timeouts: {pipeline: 20s}
pipelineSpec:
  workspaces: [{name: w}]
  tasks:${tasks.join("")}`,
      ),
    );
    expect(conditionOf(ended)).toMatch(/^Succeeded/);
  }, 30_000);

  test("a task that its when skipped gives the defaults of its results, and nothing else", async () => {
    const ended = await engine.run(
      run(
        "by-default",
        `pipelineSpec:
  tasks:
    - name: off
      when: [{input: a, operator: in, values: [b]}]
      taskSpec:
        results: [{name: word, default: otherwise}, {name: bare}]
        steps: [{script: "true"}]
    - {name: use, taskRef: {name: say}, params: [{name: text, value: $(tasks.off.results.word)}]}
    - {name: lack, taskRef: {name: say}, params: [{name: text, value: $(tasks.off.results.bare)}]}
  finally:
    - {name: last, taskRef: {name: say}, params: [{name: text, value: $(tasks.off.results.word)}]}
    - {name: none, taskRef: {name: say}, params: [{name: text, value: $(tasks.off.results.bare)}]}`,
      ),
    );
    expect(conditionOf(ended)).toMatch(/^Completed/);
    expect(await logs("by-default-use")).toEqual(["otherwise -"]);
    expect(await logs("by-default-last")).toEqual(["otherwise -"]);
    expect(ended.status?.skippedTasks?.map(({ name, reason }) => [name, reason])).toEqual([
      ["off", "When Expressions evaluated to false"],
      ["lack", "Results were missing"],
      ["none", "Results were missing"],
    ]);
  });

  test("a pipeline that runs itself is refused", async () => {
    apply(`apiVersion: tekton.dev/v1
kind: Pipeline
metadata: {name: loop}
spec: {tasks: [{name: again, pipelineRef: {name: loop}}]}
`);
    const ended = await engine.run(run("l", "pipelineRef: {name: loop}"));
    expect(conditionOf(ended)).toContain('pipeline "loop" is already running in ancestor chain');
    expect(engine.store.pipelineRuns.list()).toHaveLength(1);
  });

  test("when expressions are shown as they were evaluated, with in, notin and CEL", async () => {
    const ended = await engine.run(
      run(
        "c",
        `params: [{name: env, value: prod}]
pipelineSpec:
  tasks:
    - {name: first, taskRef: {name: say}, params: [{name: text, value: "yes"}]}
    - name: in
      when: [{input: "$(tasks.first.results.said)", operator: in, values: ["yes", "y"]}]
      taskSpec: {steps: [{script: "true"}]}
    - name: notin
      when: [{input: "$(params.env)", operator: notin, values: [prod]}]
      taskSpec: {steps: [{script: "true"}]}
    - name: cel
      when: [{cel: "'$(params.env)'.startsWith('pr') && '$(tasks.first.results.said)' == 'yes'"}]
      taskSpec: {steps: [{script: "true"}]}`,
      ),
    );
    expect(conditionOf(ended)).toBe(
      "Completed: Tasks Completed: 3 (Failed: 0, Cancelled 0), Skipped: 1",
    );
    expect(ended.status?.skippedTasks).toEqual([
      {
        name: "notin",
        reason: "When Expressions evaluated to false",
        whenExpressions: [{ input: "prod", operator: "notin", values: ["prod"] }],
      },
    ]);
    expect(ended.status?.childReferences?.[1]?.whenExpressions).toEqual([
      { input: "yes", operator: "in", values: ["yes", "y"] },
    ]);
  });

  test("a pipeline's result of a task that failed is left out, of one that promised it an error", async () => {
    const spec = (script: string) => `pipelineSpec:
  results:
    - {name: kept, value: "$(tasks.a.results.said) $(finally.f.results.said)"}
    - {name: gone, value: "$(tasks.b.results.r)"}
  tasks:
    - {name: a, taskRef: {name: say}, params: [{name: text, value: x}]}
    - name: b
      onError: continue
      taskSpec: {results: [{name: r}], steps: [{script: "${script}"}]}
  finally:
    - {name: f, taskRef: {name: say}, params: [{name: text, value: "$(tasks.status)"}]}`;
    const failing = await engine.run(run("r", spec("false")));
    expect(failing.status?.results).toEqual([{ name: "kept", value: "x Failed" }]);
    expect(conditionOf(failing)).toContain("Succeeded: Tasks Completed: 3 (Failed: 1 (Ignored: 1)");
    const lying = await engine.run(run("q", spec("true")));
    expect(conditionOf(lying)).toBe(
      "CouldntGetPipelineResult: Failed to get PipelineResult from TaskRun Results for PipelineRun q: invalid pipelineresults [gone], the referenced results don't exist",
    );
  });

  test.each([
    [
      "PipelineValidationFailed: Validation failed for pipelinerun x with error invalid input params for task t: missing values for these params which have no default values: [text]",
      "pipelineSpec: {tasks: [{name: t, taskRef: {name: say}}]}",
    ],
    [
      "PipelineValidationFailed: Validation failed for pipelinerun x with error invalid input params for task t: param types don't match the user-specified type: [text]",
      "pipelineSpec: {tasks: [{name: t, taskRef: {name: say}, params: [{name: text, value: [a]}]}]}",
    ],
    [
      "InvalidTaskRunSpecs: PipelineRun default/x doesn't define taskRunSpecs correctly: pipelineRun's taskrunSpecs defined wrong taskName: \"u\", does not exist in Pipeline",
      "taskRunSpecs: [{pipelineTaskName: u}]\npipelineSpec: {tasks: [{name: t, taskSpec: {steps: [{script: x}]}}]}",
    ],
    [
      'CreateRunFailed: expected workspace "w" to be provided by pipelinerun for pipeline task "t"',
      'pipelineSpec: {tasks: [{name: t, taskSpec: {steps: [{script: "ls $(workspaces.w.path)"}]}}]}',
    ],
    [
      "CELEvaluationFailed: Error evaluating CEL x:",
      'pipelineSpec: {tasks: [{name: t, when: [{cel: "1 +"}], taskSpec: {steps: [{script: x}]}}]}',
    ],
    [
      "InvalidPipelineResultReference: Failed to resolve pipeline result reference",
      'pipelineSpec: {results: [{name: r, value: "$(tasks.t.results.none)"}], tasks: [{name: t, taskSpec: {steps: [{script: x}]}}]}',
    ],
  ])("%s", async (message, spec) => {
    expect(conditionOf(await engine.run(run("x", spec)))).toContain(message);
    expect(engine.store.taskRuns.list()).toEqual([]);
  });

  test("an index beyond what a task gave ends the run", async () => {
    const ended = await engine.run(
      run(
        "i",
        `pipelineSpec:
  tasks:
    - name: a
      taskSpec:
        results: [{name: list, type: array}]
        steps: [{script: "printf '[\\"x\\"]' > $(results.list.path)"}]
    - {name: b, taskRef: {name: say}, params: [{name: text, value: "$(tasks.a.results.list[3])"}]}`,
      ),
    );
    expect(conditionOf(ended)).toContain("PipelineValidationFailed");
    expect(conditionOf(ended)).toContain("out of bound");
  });

  test("what is pending stays so", async () => {
    const ended = await engine.run(
      run(
        "d",
        "status: PipelineRunPending\npipelineSpec: {tasks: [{name: t, taskRef: {name: say}}]}",
      ),
    );
    expect(ended.status?.conditions[0]).toMatchObject({
      status: "Unknown",
      reason: "PipelineRunPending",
    });
  });
});
