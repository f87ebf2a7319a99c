import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { findCycle, pipelineDependencies } from "../../src/tekton/pipeline-graph.ts";
import { pipelineMermaid } from "../../src/tekton/pipeline-mermaid.ts";
import type { PipelineSpec } from "../../src/tekton/types.ts";

const spec: PipelineSpec = {
  tasks: [
    { name: "a" },
    { name: "b", runAfter: ["a"] },
    {
      name: "c",
      params: [{ name: "x", value: ["$(tasks.a.results.r[0])", "$(tasks.b.results['s'])"] }],
    },
    { name: "d", when: [{ input: "$(tasks.c.results.t)", operator: "in", values: ["y"] }] },
    { name: "e", matrix: { params: [{ name: "m", value: "$(tasks.d.results.list[*])" }] } },
    { name: "f", params: [{ name: "x", value: "tasks.a.results.r $(tasks.a.status)" }] },
  ],
  finally: [{ name: 'last"]; click t0 "javascript:' }],
};

test("dependencies are the results that the steps of an inline task use, too", () => {
  const steps = [{ name: "s", image: "x", script: "echo $(tasks.a.results.r)" }];
  const inline = { tasks: [{ name: "a" }, { name: "b", taskSpec: { steps } }] };
  expect(pipelineDependencies(inline).get("b")).toEqual(new Set(["a"]));
});

test("dependencies are runAfter and the results in params, when and matrix", () => {
  const found = [...pipelineDependencies(spec)].map(([name, on]) => `${name}:${[...on].join()}`);
  expect(found).toEqual(["a:", "b:a", "c:a,b", "d:c", "e:d", "f:"]);
});

describe("findCycle", () => {
  const graph = (edges: Record<string, string[]>): Map<string, Set<string>> =>
    new Map(Object.entries(edges).map(([name, on]) => [name, new Set(on)]));

  test.each([
    [{ a: [], b: ["a"], c: ["a", "b"] }, undefined],
    [{ a: ["a"] }, ["a"]],
    [{ a: ["b"], b: ["c"], c: ["a"] }, ["a", "b", "c"]],
    [{ a: ["missing"] }, undefined],
    [{ a: ["b", "c"], b: ["d"], c: ["b", "a"], d: [] }, ["a", "c"]],
  ])("in %j is %j", (edges, cycle) => {
    expect(findCycle(graph(edges))).toEqual(cycle);
  });

  test("a chain may be longer than the stack is deep", () => {
    const length = 50_000;
    const chain = new Map(
      Array.from({ length }, (_, index) => [`${index}`, new Set([`${index + 1}`])]),
    );
    expect(findCycle(chain)).toBeUndefined();
    chain.set(`${length}`, new Set(["49000"]));
    expect(findCycle(chain)).toHaveLength(1001);
  });

  test("there is none where every edge leads to an earlier task", () => {
    const edges = fc.array(fc.array(fc.nat(20)), { maxLength: 20 });
    fc.assert(
      fc.property(edges, (lists) => {
        const acyclic = Object.fromEntries(
          lists.map((list, index) => [
            `t${index}`,
            list.filter((n) => n < index).map((n) => `t${n}`),
          ]),
        );
        expect(findCycle(graph(acyclic))).toBeUndefined();
      }),
    );
  });
});

test("the picture has every edge, and no name can leave its label", () => {
  const picture = pipelineMermaid(spec);
  expect(picture).toContain("t0 --> t1");
  expect(picture).toContain("subgraph finally");
  expect(picture).not.toContain('click t0 "');
  expect(picture).toContain('f0["last#34;#93;#59; click t0 #34;javascript#58;"]');
});
