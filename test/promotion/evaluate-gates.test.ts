import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { evaluateGates, mayMerge, type GateInput } from "../../src/promotion/evaluate-gates.ts";
import type { GateName } from "../../src/promotion/types.ts";
import { channel, release } from "./fixtures.ts";

const digest = "d".repeat(64);
const now = new Date("2026-11-02T12:00:00.000Z");
const by = (login: string, decisionDigest = digest) => ({
  login,
  decisionDigest,
  createdAt: now.toISOString(),
});

const good: GateInput = {
  now,
  policy: { ...channel().spec.promotion, soak: "24h", requires: ["install"] },
  release: release(),
  verifications: [
    { name: "install", mode: "blocking", state: "succeeded", attempts: 1, maxRetries: 0 },
  ],
  approvals: [by("ada"), by("Bob")],
  settingsApprovers: ["carl"],
  teams: new Map([["@okd/release", ["dora"]]]),
  decisionDigest: digest,
  requester: "rita",
  author: "okd-streams[bot]",
  hold: undefined,
  madeHead: "1".repeat(40),
  head: "1".repeat(40),
};

function state(name: GateName, change: Partial<GateInput>) {
  const gates = evaluateGates({ ...good, ...change });
  const gate = gates.find((candidate) => candidate.name === name);
  if (gate?.state !== "open") expect(mayMerge(gates)).toBe(false);
  return gate?.state;
}

function policy(change: Partial<GateInput["policy"]>): Partial<GateInput> {
  return { policy: { ...good.policy, ...change } };
}

test("everything in order is merged", () => {
  expect(evaluateGates(good).map(({ name, state: is }) => `${name} ${is}`)).toEqual([
    "release open",
    "verification open",
    "soak open",
    "approvals open",
    "freeze open",
    "hold open",
    "contents open",
  ]);
  expect(mayMerge(evaluateGates(good))).toBe(true);
  expect(mayMerge([])).toBe(false);
});

describe("each gate alone keeps it from being merged", () => {
  test.each<[string, GateName, Partial<GateInput>, string]>([
    ["the release is gone", "release", { release: undefined }, "unknown"],
    ["the release was rejected", "release", { release: release({ phase: "Rejected" }) }, "closed"],
    [
      "the release is being verified",
      "release",
      { release: release({ phase: "Ready" }) },
      "waiting",
    ],
    ["verifications unread", "verification", { verifications: undefined }, "unknown"],
    [
      "a required verification does not exist",
      "verification",
      policy({ requires: ["upgrade"] }),
      "unknown",
    ],
    [
      "it failed",
      "verification",
      {
        verifications: [
          { name: "install", mode: "informing", state: "failed", attempts: 1, maxRetries: 0 },
        ],
      },
      "closed",
    ],
    [
      "it runs",
      "verification",
      {
        verifications: [
          { name: "install", mode: "informing", state: "running", attempts: 1, maxRetries: 0 },
        ],
      },
      "waiting",
    ],
    ["the soak is not over", "soak", { now: new Date("2026-11-02T11:59:59.999Z") }, "waiting"],
    ["the soak is no duration", "soak", policy({ soak: "a fortnight" }), "unknown"],
    ["never accepted", "soak", { release: release({ acceptedAt: null }) }, "unknown"],
    ["one approval too few", "approvals", { approvals: [by("ada")] }, "waiting"],
    ["one person twice", "approvals", { approvals: [by("ada"), by("ADA")] }, "waiting"],
    ["the requester approves", "approvals", { requester: "Ada" }, "waiting"],
    ["the author approves", "approvals", { author: "ada" }, "waiting"],
    ["a stranger approves", "approvals", { approvals: [by("ada"), by("mallory")] }, "waiting"],
    [
      "the settings' approver where the channel has its own",
      "approvals",
      { approvals: [by("ada"), by("carl")] },
      "waiting",
    ],
    [
      "an approval of another decision",
      "approvals",
      { approvals: [by("ada"), by("bob", "e".repeat(64))] },
      "waiting",
    ],
    ["approvals unread", "approvals", { approvals: undefined }, "unknown"],
    [
      "a team unread",
      "approvals",
      { approvals: [by("ada"), by("dora")], teams: new Map() },
      "unknown",
    ],
    [
      "a required approver is missing",
      "approvals",
      policy({ approvals: { minimum: 1, approvers: ["ada"], required: ["erin"] } }),
      "waiting",
    ],
    [
      "nobody may approve",
      "approvals",
      { ...policy({ approvals: { minimum: 1 } }), settingsApprovers: undefined },
      "waiting",
    ],
    [
      "a freeze",
      "freeze",
      policy({ freezes: [{ from: "2026-11-01", to: "2026-11-02", reason: "summit" }] }),
      "waiting",
    ],
    [
      "a freeze that cannot be read",
      "freeze",
      policy({ freezes: [{ from: "soon", to: "later", reason: "x" }] }),
      "unknown",
    ],
    ["a hold", "hold", { hold: { by: "ada", reason: "wait" } }, "closed"],
    ["a foreign commit", "contents", { head: "2".repeat(40) }, "closed"],
    ["an unknown head", "contents", { head: undefined }, "unknown"],
    ["an unknown own head", "contents", { madeHead: undefined }, "unknown"],
  ])("%s", (_, name, change, expected) => {
    expect(state(name, change)).toBe(expected);
  });
});

describe("approvals that count", () => {
  test.each<[string, Partial<GateInput>]>([
    ["a team's member", { approvals: [by("ada"), by("dora")] }],
    [
      "the settings' approvers where the channel has none",
      { ...policy({ approvals: { minimum: 1 } }), approvals: [by("carl")] },
    ],
    [
      "a required approver who is not listed again",
      {
        ...policy({ approvals: { minimum: 1, approvers: ["ada"], required: ["erin"] } }),
        approvals: [by("erin")],
      },
    ],
    ["none, where none is needed", { ...policy({ approvals: { minimum: 0 } }), approvals: [] }],
    ["enough, though a team is unknown", { teams: new Map() }],
  ])("%s", (_, change) => {
    expect(state("approvals", change)).toBe("open");
  });
});

test("a gate that time opens says when", () => {
  const gates = evaluateGates({ ...good, now: new Date("2026-11-02T00:00:00Z") });
  expect(gates.find(({ name }) => name === "soak")?.until).toBe("2026-11-02T12:00:00.000Z");
});

test("others' words make no mentions and no markup", () => {
  const gates = evaluateGates({ ...good, hold: { by: "x", reason: "@org/all <img> | `a` #1" } });
  const why = gates.find(({ name }) => name === "hold")?.why ?? "";
  expect(why).not.toMatch(/@org|<img|#1/);
  expect(why).toContain("\\|");
});

test("property: without enough distinct approvers of this very decision nothing is merged", () => {
  const approval = fc.record({
    login: fc.constantFrom("ada", "ADA", "bob", "dora", "rita", "mallory"),
    decisionDigest: fc.constantFrom(digest, "e".repeat(64)),
    createdAt: fc.constant(now.toISOString()),
  });
  fc.assert(
    fc.property(fc.array(approval), (approvals) => {
      const distinct = new Set(
        approvals
          .filter(
            ({ login, decisionDigest }) =>
              decisionDigest === digest && !["rita", "mallory"].includes(login),
          )
          .map(({ login }) => login.toLowerCase()),
      );
      expect(mayMerge(evaluateGates({ ...good, approvals }))).toBe(distinct.size >= 2);
    }),
  );
});
