import { describe, expect, test } from "@jest/globals";
import { evaluateCel } from "../../src/runner/evaluate-cel.ts";

const list = `[${"1,".repeat(100)}1]`;
const loops = ["a", "b", "c", "d", "e", "f"].reduceRight(
  (inner, name) => `${list}.all(${name}, ${inner})`,
  "a + b + c + d + e + f > 0",
);

describe("CEL expressions", () => {
  test.each([
    ["'v4.21'.matches('^v[0-9]+')", true],
    ["'release v4.21'.matches('v[0-9]+')", true],
    ["'release'.matches('v[0-9]+')", false],
    ["'V4'.matches('(?i)^v\\\\d$')", true],
    ["['a', 'b1'].exists(x, x.matches('[0-9]'))", true],
    ["dyn('a').matches('a')", true],
    ["'.matches('.size()", 9n],
  ])("%s", async (expression, value) => {
    expect(await evaluateCel(expression)).toEqual({ ok: true, value });
  });

  test("variables are those of an event, where it has them", async () => {
    const variables = { body: { ref: "refs/heads/main", ids: [1] } };
    expect(await evaluateCel("body.ref.matches('^refs/heads/')", { variables })).toEqual({
      ok: true,
      value: true,
    });
    expect(await evaluateCel("body.ids.matches('1')", { variables })).toMatchObject({ ok: false });
    expect(await evaluateCel("body.ref == ''")).toMatchObject({ ok: false });
  });

  test.each([
    ["'a'.matches('(')", "missing closing )"],
    // As in Tekton, which knows RE2's alone.
    ["'a'.matches('(?=a)')", "(?="],
    ["1.matches('1')", "matches"],
    [loops, "it takes longer than 2 s"],
  ])("%.40s: %s", async (expression, what) => {
    expect(await evaluateCel(expression)).toMatchObject({
      ok: false,
      problem: { what: expect.stringContaining(what) },
    });
  });

  test("no pattern makes a text take long", async () => {
    const expression = `'${"a".repeat(50)}!'.matches('(a+)+$')`;
    expect(await evaluateCel(expression)).toEqual({ ok: true, value: false });
  });
});
