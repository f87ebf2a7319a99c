import { describe, expect, test } from "@jest/globals";
import { nearestName, suggestName } from "../src/suggest-name.ts";

const numbered = Array.from({ length: 3000 }, (_, index) => `scos-coreos-${index}-edge`);

describe("nearestName", () => {
  test.each([
    ["egde", ["hpc", "edge", "openstack"], "edge"],
    ["maintainer", ["mode", "maintainers"], "maintainers"],
    ["zebra", ["hpc", "edge"], undefined],
    ["a".repeat(101), ["a".repeat(101)], undefined],
    ["scos-coreos-1204-egde", numbered, "scos-coreos-1204-edge"],
    ["scos-coreos-77edge", numbered, "scos-coreos-77-edge"],
    ["scos-coreos-2999-edges", numbered, "scos-coreos-2999-edge"],
    ["open-stack", numbered, undefined],
  ])("of %p", (name, known, nearest) => {
    expect(nearestName(name, known)).toBe(nearest);
  });

  test("looks at each of many names once and briefly, for thousands may be misspelt", () => {
    const known = numbered.map((name) => `${name}-${"x".repeat(30)}`);
    const start = process.cpuUsage();
    for (const name of known) suggestName(`y${name}y`, known, "param");
    const { user } = process.cpuUsage(start);
    expect(user / 1_000_000).toBeLessThan(5);
  });
});

describe("suggestName", () => {
  test("lists the names where none is near", () => {
    expect(suggestName("zebra", ["hpc", "edge"], "stream")).toBe("The streams are: edge, hpc.");
    expect(suggestName("zebra", ["edge"], "stream")).toBe("The stream is: edge.");
    expect(suggestName("zebra", [], "stream")).toContain("There is no stream at all");
  });

  test("lists the first twenty of many", () => {
    const help = suggestName("zebra", numbered, "stream");
    expect(help).toBe(`The streams are: ${numbered.slice(0, 20).join(", ")}, ….`);
  });
});
