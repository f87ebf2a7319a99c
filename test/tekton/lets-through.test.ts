import { describe, expect, test } from "@jest/globals";
import { letsThrough } from "../../src/tekton/lets-through.ts";

const request = { body: { pipeline: { name: "build" }, params: {} }, event: "okd-streams" };
const cel = (filter: string) => [
  { ref: { name: "cel" }, params: [{ name: "filter", value: filter }] },
];
const github = (...eventTypes: string[]) => [
  { ref: { name: "github" }, params: [{ name: "eventTypes", value: eventTypes }] },
];

describe("whether a trigger takes a request", () => {
  test.each([
    ["body.pipeline.name == 'build'", "yes"],
    ["body.pipeline.name in ['a', 'build']", "yes"],
    ["body.pipeline.name == 'other'", "no"],
    ["body.params.x == 'a'", "no"],
    ["has(body.params.x) || body.pipeline.name == 'build'", "yes"],
    ["body.pipeline.name", "no"],
    ["header.match('X-GitHub-Event', 'push')", "unknown"],
    ["((", "unknown"],
    // Nobody's expression keeps a review busy.
    ["body.pipeline.name.matches('(a+)+$')", "unknown"],
    ["[1, 2].all(x, [1, 2].all(y, true))", "unknown"],
    ["cel.bind(x, 'aaaaaaaa', x + x != '')", "unknown"],
    ["[1, 2].all // a comment\n (x, true)", "unknown"],
    [`'${"x".repeat(600)}' == ''`, "unknown"],
  ])("with the filter %s: %s", (filter, verdict) => {
    expect(letsThrough({ interceptors: cel(filter) }, request)).toBe(verdict);
  });

  test("without interceptors it takes everything", () => {
    expect(letsThrough({}, request)).toBe("yes");
  });

  test("events are told by their type", () => {
    expect(letsThrough({ interceptors: github("push") }, request)).toBe("no");
    expect(letsThrough({ interceptors: github("okd-streams") }, request)).toBe("yes");
    expect(letsThrough({ interceptors: [{ ref: { name: "github" } }] }, request)).toBe("yes");
  });

  test("an interceptor of somebody else may do anything, but not undo a refusal", () => {
    const own = [{ ref: { name: "own" } }];
    expect(letsThrough({ interceptors: own }, request)).toBe("unknown");
    expect(letsThrough({ interceptors: [...own, ...cel("false")] }, request)).toBe("no");
  });
});
