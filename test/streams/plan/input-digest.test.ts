import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parse, stringify } from "yaml";
import { inputDigest } from "../../../src/streams/plan/input-digest.ts";
import { goodFiles, pipelinePath, repositoryOf, taskPath, withChange } from "../repository-of.ts";

const edge = "streams/edge.yaml";
const good = inputDigest(repositoryOf(goodFiles), "edge");

/** The same data with the keys of every mapping in another order. */
function shuffled(value: unknown, turn: number): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, turn));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, shuffled(item, turn)] as const);
  const at = turn % Math.max(1, entries.length);
  return Object.fromEntries([...entries.slice(at), ...entries.slice(0, at)].reverse());
}

describe("inputDigest", () => {
  test("is a sha256 in hex", () => expect(good).toMatch(/^[0-9a-f]{64}$/));

  test("does not change with order, comments and white space, in any file", () => {
    const paths = fc.constantFrom(edge, pipelinePath, taskPath);
    fc.assert(
      fc.property(paths, fc.nat(20), fc.constantFrom(1, 2, 4), (path, turn, indent) => {
        const text = stringify(shuffled(parse(goodFiles[path]!), turn), { indent: indent + 1 });
        const files = { ...goodFiles, [path]: `# a comment\n\n${text}\n# the end\n` };
        expect(inputDigest(repositoryOf(files), "edge")).toBe(good);
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    ["the title", edge, "title: Edge", "title: Other"],
    ["labels", edge, "name: edge\n", 'name: edge\n  labels: {x: "1"}\n'],
    ["maintainers", edge, "  title: Edge", "  maintainers: [ann]\n  title: Edge"],
    ["the schedule", edge, "30 10 * * *", "31 10 * * *"],
    ["verifications", edge, "mode: blocking", "mode: informing"],
    ["the lifecycle", edge, "  triggers:", "  lifecycle: {state: paused}\n  triggers:"],
  ])("does not change with %s", (_name, path, from, to) => {
    expect(inputDigest(repositoryOf(withChange(path, from, to)), "edge")).toBe(good);
  });

  test.each([
    ["the version", edge, "4.21", "4.22"],
    ["the operating system", edge, "operatingSystem: scos", "operatingSystem: fcos"],
    ["the architectures", edge, "[amd64]", "[amd64, arm64]"],
    ["the cluster", edge, "cluster: laptop", "cluster: moc"],
    ["a workspace", edge, "claimName: registry", "claimName: other"],
    ["the release's template", edge, "okd-scos-edge", "okd-scos-edgy"],
    ["the pipeline", pipelinePath, "name: report\n      runAfter", "name: last\n      runAfter"],
    ["a task's script", taskPath, "echo $(params.version)", "echo  $(params.version)"],
  ])("changes with %s", (_name, path, from, to) => {
    expect(inputDigest(repositoryOf(withChange(path, from, to)), "edge")).not.toBe(good);
  });

  test("changes with every param", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9.-]{1,20}$/), (branch) => {
        const text = goodFiles[edge]!.replace("branch: master", `branch: "${branch}"`);
        const digest = inputDigest(repositoryOf({ ...goodFiles, [edge]: text }), "edge");
        expect(digest === good).toBe(branch === "master");
      }),
      { numRuns: 50 },
    );
  });

  test("says that there is no such stream", () => {
    expect(() => inputDigest(repositoryOf(goodFiles), "core")).toThrow(/no valid stream "core"/);
  });
});
