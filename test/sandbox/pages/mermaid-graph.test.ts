import { describe, expect, test } from "@jest/globals";
import { parseMermaidGraph, ranksOf } from "../../../src/sandbox/pages/mermaid-graph.ts";

function ranks(text: string): Record<string, number> | undefined {
  const graph = parseMermaidGraph(text);
  return graph === undefined ? undefined : Object.fromEntries(ranksOf(graph));
}

describe("a flowchart", () => {
  test("is ranked by its longest way, with a group of its own at the end", () => {
    const text = 'flowchart LR\na["A"]\na --> b --> c\na --> c\nsubgraph finally\nf["F"]\nend';
    expect(ranks(text)).toEqual({ a: 0, b: 1, c: 2, f: 3 });
  });

  test("has labels with Mermaid's numbered characters", () => {
    const graph = parseMermaidGraph('flowchart LR\n  t0["a #40;b#41;"]');
    expect(graph?.nodes.get("t0")).toBe("a (b)");
  });

  test("joins groups of nodes", () => {
    const graph = parseMermaidGraph("graph TD\na & b --> c");
    expect(graph?.edges).toEqual([
      ["a", "c"],
      ["b", "c"],
    ]);
  });

  test("with a circle comes to an end", () => {
    expect(ranks("graph LR\na --> b\nb --> a")).toBeDefined();
  });

  test.each(["sequenceDiagram\na->>b: hi", "", "flowchart LR\na is b"])(
    "is not what %j is",
    (text) => {
      expect(parseMermaidGraph(text)).toBeUndefined();
    },
  );
});
