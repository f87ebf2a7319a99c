import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { unwrap } from "../../../src/problem.ts";
import { parseStepAction } from "../../../src/tekton/parse-step-action.ts";
import { parseYaml } from "../../../src/yaml/parse-yaml.ts";
import { startTestEngine, type TestEngine } from "../helpers.ts";

const action = `apiVersion: tekton.dev/v1
kind: StepAction
metadata: {name: say}
spec:
  params: [{name: greeting}]
  results: [{name: said}]
  env: [{name: SAID, value: "$(params.greeting) from $(context.taskRun.name)"}]
  script: printf '%s' "$SAID" > $(step.results.said.path)
`;

let engine: TestEngine;
beforeEach(async () => {
  engine = await startTestEngine();
});
afterEach(() => engine.close());

test("a Task that stands in its pipeline has the steps of its StepActions, with the pipeline's params", async () => {
  const [document] = parseYaml("x.yaml", action).documents;
  engine.apply(unwrap(parseStepAction(document!)));
  const ended = await engine.run(`apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: actions}
spec:
  params: [{name: greeting, value: hello}]
  pipelineSpec:
    results: [{name: told, value: $(tasks.greet.results.told)}]
    tasks:
      - name: greet
        taskSpec:
          results: [{name: told, value: $(steps.say.results.said)}]
          steps:
            - {name: say, ref: {name: say}, params: [{name: greeting, value: $(params.greeting)}]}
`);
  expect(ended.status?.results).toEqual([{ name: "told", value: "hello from actions-greet" }]);
});

test("its steps see whole lists and the keys of objects that tasks gave, and the shell what is left", async () => {
  const ended = await engine.run(`apiVersion: tekton.dev/v1
kind: PipelineRun
metadata: {name: inside}
spec:
  pipelineSpec:
    tasks:
      - name: give
        taskSpec:
          results:
            - {name: list, type: array}
            - {name: object, type: object, properties: {key: {}}}
          steps:
            - name: s
              script: |
                printf '["a","b"]' > $(results.list.path)
                printf '{"key":"value"}' > $(results.object.path)
      - name: take
        taskSpec:
          steps:
            - name: s
              args: ["$(tasks.give.results.list[*])", "$(tasks.give.results.object.key)"]
              script: |
                printf '%s ' "$@" '$(tasks.give.results.list[1])' '$(tasks.give.results.list)'
`);
  expect(ended.status?.conditions[0]?.reason).toBe("Succeeded");
  expect(await engine.log("inside", "take", "step-s")).toBe(
    "a b value $(tasks.give.results.list[1]) $(tasks.give.results.list) \n",
  );
});
