import { expect, test } from "@jest/globals";
import { applyTemplate } from "../../../src/runner/steps/apply-template.ts";

const env = (entries: Record<string, string>) =>
  Object.entries(entries).map(([name, value]) => ({ name, value }));
const none = new Map<string, string>();

test.each([
  ["what only the step has", {}, { A: "s" }, { A: "s" }],
  ["what only the template has", { A: "t" }, {}, { A: "t" }],
  ["the step's value of both", { A: "t" }, { A: "s" }, { A: "s" }],
  ["the template's where the step's is empty", { A: "t" }, { A: "" }, { A: "t" }],
  [
    "the step's order, and each of the template before what comes after it there",
    { A: "t", B: "t", C: "t" },
    { X: "s", B: "s" },
    { X: "s", A: "t", B: "s", C: "t" },
  ],
])("env has %s", (_, template, step, expected) => {
  const merged = applyTemplate({ env: env(step) }, { env: env(template) }, none);
  expect(merged.env).toEqual(env(expected));
});

test("an empty field of the step leaves the template's", () => {
  const template = { image: "t", args: ["t"], workingDir: "/t", command: ["t"] };
  const merged = applyTemplate({ image: "", args: [], command: ["s"] }, template, none);
  expect(merged).toEqual({ image: "t", args: ["t"], workingDir: "/t", command: ["s"] });
});

test("the template of a StepAction's step means the Task's params", () => {
  const template = { env: env({ WHO: "$(params.who)" }) };
  const merged = applyTemplate(
    { declares: [{ name: "who" }] },
    template,
    new Map([["params.who", "task"]]),
  );
  expect(merged.env).toEqual(env({ WHO: "task" }));
});
