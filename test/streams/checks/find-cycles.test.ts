import { describe, expect, test } from "@jest/globals";
import { findCycles } from "../../../src/streams/checks/find-cycles.ts";

function cyclesOf(graph: Readonly<Record<string, readonly string[]>>): string[][] {
  return findCycles(new Map(Object.entries(graph)));
}

describe("findCycles", () => {
  test.each([
    ["none", { a: ["b", "c"], b: ["c"], c: ["gone"] }, []],
    ["one of itself", { a: ["a"] }, [["a"]]],
    ["one of two, entered from outside", { a: ["b"], b: ["c"], c: ["b"] }, [["b", "c"]]],
    [
      "each of several",
      { a: ["b"], b: ["a"], c: ["d"], d: ["c", "a"] },
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
  ])("finds %s", (_name, graph, expected) => {
    expect(cyclesOf(graph)).toEqual(expected);
  });

  test("walks a chain as long as a repository", () => {
    const length = 100_000;
    const chain = Array.from(
      { length },
      (_, index) => [`${index}`, [`${(index + 1) % length}`]] as const,
    );
    expect(findCycles(new Map(chain))).toHaveLength(1);
    expect(findCycles(new Map(chain.slice(1)))).toEqual([]);
  });
});
