import { expect, test } from "@jest/globals";
import { decisionDigest, type Decision } from "../../src/promotion/decision-digest.ts";

const decision: Decision = {
  channel: "4-scos-next",
  fromName: "4.22.0-okd-scos.ec.3",
  release: "4.22.0-0.okd-scos-1",
  digest: "sha256:1",
  targetName: "4.22.0-okd-scos.ec.4",
  policy: { soak: "24h", approvals: { minimum: 2, approvers: ["ada", "bob"] } },
};

test("the order of keys does not matter, and the digest stays what it is", () => {
  const { approvals, soak } = decision.policy;
  const policy = {
    approvals: { approvers: approvals.approvers ?? [], minimum: approvals.minimum },
    soak: soak ?? "",
  };
  expect(decisionDigest({ ...decision, policy })).toBe(decisionDigest(decision));
  expect(decisionDigest(decision)).toMatch(/^[0-9a-f]{64}$/);
});

test.each<[string, Partial<Decision>]>([
  ["channel", { channel: "4-scos-stable" }],
  ["from", { fromName: undefined }],
  ["release", { release: "4.22.0-0.okd-scos-2" }],
  ["digest", { digest: "sha256:2" }],
  ["target name", { targetName: "4.22.0-okd-scos.ec.5" }],
  [
    "minimum",
    { policy: { ...decision.policy, approvals: { minimum: 1, approvers: ["ada", "bob"] } } },
  ],
  [
    "approvers",
    { policy: { ...decision.policy, approvals: { minimum: 2, approvers: ["ada", "mallory"] } } },
  ],
  ["soak", { policy: { approvals: decision.policy.approvals } }],
])("another %s is another decision", (_, change) => {
  expect(decisionDigest({ ...decision, ...change })).not.toBe(decisionDigest(decision));
});
