import { describe, expect, test } from "@jest/globals";
import { parseQuantity } from "../../src/cluster/parse-quantity.ts";
import type { ClusterNode } from "../../src/cluster/types.ts";
import { unmetNeeds } from "../../src/cluster/unmet-needs.ts";

const node = (memory: string, kvm = false): ClusterNode => ({
  name: memory,
  memory: parseQuantity(memory) ?? NaN,
  kvm,
});

describe("what a build needs", () => {
  test.each([
    ["nothing", {}, []],
    ["no device", { kvm: false }, [node("1Gi")]],
    ["a device that is there", { kvm: true }, [node("1Gi"), node("1Gi", true)]],
    ["as much memory as there is", { memory: "16Gi" }, [node("8Gi"), node("16Gi")]],
    ["both on one node", { kvm: true, memory: "15.5Gi" }, [node("8Gi"), node("16Gi", true)]],
  ])("is met: %s", (_what, needs, nodes) => {
    expect(unmetNeeds(needs, nodes)).toBeUndefined();
  });

  test.each([
    ["no node at all", { kvm: true }, [], "takes pods now"],
    ["no device", { kvm: true }, [node("64Gi")], "offers /dev/kvm (`devices.kubevirt.io/kvm`)"],
    [
      "too little memory",
      { memory: "16Gi" },
      [node("7.6Gi"), node("15999Mi")],
      "offers 16Gi of memory (the largest has 15.6Gi)",
    ],
    [
      "neither",
      { kvm: true, memory: "16Gi" },
      [node("8Gi")],
      "offers /dev/kvm (`devices.kubevirt.io/kvm`), and none offers 16Gi of memory (the largest has 8Gi)",
    ],
    [
      "each on another node",
      { kvm: true, memory: "16Gi" },
      [node("8Gi", true), node("32Gi")],
      "offers both /dev/kvm and 16Gi of memory",
    ],
  ])("is not met: %s", (_what, needs, nodes, lacking) => {
    expect(unmetNeeds(needs, nodes)).toBe(lacking);
  });
});

test.each([
  ["0", 0],
  ["1k", 1000],
  ["16Gi", 16 * 2 ** 30],
  ["1.5Gi", 1.5 * 2 ** 30],
  ["16393208Ki", 16393208 * 1024],
  ["1e3", 1000],
  ["1E", 1e18],
  ["100m", 0.1],
  ["", undefined],
  ["Gi", undefined],
  ["1 Gi", undefined],
  ["1constructor", undefined],
  ["-1", undefined],
])("the quantity %j is %j", (text, value) => {
  expect(parseQuantity(text)).toBe(value);
});
