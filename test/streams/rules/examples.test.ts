import { expect, test } from "@jest/globals";
import { runExample } from "../../../src/streams/rules/examples/run-example.ts";
import type { Rule } from "../../../src/streams/rules/rule.ts";
import { rules } from "../../../src/streams/rules/rules.ts";

/** Errors that come with a mistake whatever the example: of two files of one name, one is not called like its file. */
const companions: Readonly<Record<string, readonly string[]>> = {
  "name-duplicate": ["name-mismatch"],
};

test.each(Object.entries<Rule>(rules))("the example of %s", (id, { example }) => {
  const found = (side: "wrong" | "right") =>
    runExample(id, example, side)
      .filter(({ rule, severity }) => rule === id || severity === "error")
      .map(({ rule, file, line, message }) => ({ rule, place: `${file}:${line}`, message }));
  const wrong = found("wrong");
  expect(wrong.map(({ rule }) => rule)).toContain(id);
  const allowed = [id, ...(companions[id] ?? [])];
  expect(wrong.filter(({ rule }) => !allowed.includes(rule))).toEqual([]);
  expect(found("right")).toEqual([]);
});
