import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { ending, startTaskEngine, type TaskEngine } from "./task-engine.ts";

const action = `apiVersion: tekton.dev/v1beta1
kind: StepAction
metadata: { name: greet }
spec:
  params: [{ name: who, default: nobody }]
  script: echo hello $(params.who)
`;

let asked: readonly { readonly url: string; readonly revision: string; readonly path: string }[];
let engine: TaskEngine;
beforeEach(async () => {
  asked = [];
  engine = await startTaskEngine({
    resolveGit: (reference) => {
      asked = [...asked, reference];
      return Promise.resolve({ ok: true, value: action });
    },
  });
});
afterEach(() => engine.close());

const fromGit = {
  resolver: "git",
  params: [
    { name: "url", value: "https://example.org/$(params.repository)" },
    { name: "revision", value: "$(params.revision)" },
    { name: "pathInRepo", value: "greet.yaml" },
  ],
};

test("a StepAction is fetched from where the params of its Task say, defaults too", async () => {
  const run = await engine.task(
    "fetched",
    {
      params: [{ name: "revision", default: "v1" }],
      steps: [{ name: "s", ref: fromGit, params: [{ name: "who", value: "you" }] }],
    },
    { params: [{ name: "repository", value: "actions" }] },
  );
  expect(ending(run)).toBe("True Succeeded");
  expect(await engine.logOf(run, "step-s")).toBe("hello you\n");
  expect(asked).toEqual([
    { url: "https://example.org/actions", revision: "v1", path: "greet.yaml" },
  ]);
});

test.each(["hub", "bundles", "http"])(
  "the resolver %s is refused by its name",
  async (resolver) => {
    const run = await engine.task("unresolved", { steps: [{ ref: { resolver } }] });
    expect(ending(run)).toContain(`the local runner does not support the resolver "${resolver}"`);
    const taskRef = { resolver, params: [{ name: "name", value: "git-clone" }] };
    const whole = await engine.reference("unresolved-task", taskRef);
    expect(ending(whole)).toContain(`spec.taskRef.resolver (${resolver})`);
  },
);

test("a value of another type than a StepAction's param declares leaves the default's keys", async () => {
  engine.action("keyed", {
    params: [{ name: "o", type: "object", properties: { k: {} }, default: { k: "by default" } }],
    env: [{ name: "K", value: "$(params.o.k)" }],
    script: "echo $K",
  });
  const run = await engine.task("typed", {
    steps: [{ name: "s", ref: { name: "keyed" }, params: [{ name: "o", value: "text" }] }],
  });
  expect(ending(run)).toBe("True Succeeded");
  expect(await engine.logOf(run, "step-s")).toBe("by default\n");
});

test("a StepAction gets no params beyond its own, and all that have no default", async () => {
  engine.action("strict", { params: [{ name: "a" }], script: "true" });
  const lacking = await engine.task("lacking", { steps: [{ ref: { name: "strict" } }] });
  expect(ending(lacking)).toMatch(
    /^False TaskRunResolutionFailed: .*param "a" has no value and no default/,
  );
});

test("a param that a StepAction does not declare is refused", async () => {
  engine.action("few", { params: [{ name: "who", default: "x" }], script: "true" });
  const params = [{ name: "whom", value: "you" }];
  const run = await engine.task("extra", { steps: [{ ref: { name: "few" }, params }] });
  expect(ending(run)).toMatch(
    /^False TaskRunResolutionFailed: .*the StepAction has no param "whom"/,
  );
});
