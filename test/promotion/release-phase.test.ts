import { describe, expect, test } from "@jest/globals";
import {
  overridePhase,
  releasePhase,
  type ObservedVerification,
} from "../../src/promotion/release-phase.ts";

function verification(change: Partial<ObservedVerification>): ObservedVerification {
  return {
    name: "install",
    mode: "blocking",
    state: "succeeded",
    attempts: 1,
    maxRetries: 0,
    ...change,
  };
}

describe("the phase that follows from the verifications", () => {
  test.each<[string, ObservedVerification[], string]>([
    ["none", [], "Accepted"],
    [
      "only informing ones, failed",
      [verification({ mode: "informing", state: "failed" })],
      "Accepted",
    ],
    ["only upgrades, running", [verification({ mode: "upgrade", state: "running" })], "Accepted"],
    ["a blocking one that waits", [verification({ state: "waiting", attempts: 0 })], "Ready"],
    ["a blocking one that runs", [verification({ state: "running" })], "Ready"],
    ["all blocking ones succeeded", [verification({}), verification({ name: "b" })], "Accepted"],
    [
      "a blocking one failed",
      [verification({ state: "failed" }), verification({ name: "b", state: "running" })],
      "Rejected",
    ],
    [
      "a blocking one failed with a retry left",
      [verification({ state: "failed", maxRetries: 1 })],
      "Ready",
    ],
    [
      "a blocking one failed in its last retry",
      [verification({ state: "failed", attempts: 2, maxRetries: 1 })],
      "Rejected",
    ],
  ])("%s", (_, verifications, phase) => {
    expect(releasePhase({ verifications }).phase).toBe(phase);
  });

  test("without an image it is Pending, with an unusable one Failed", () => {
    expect(releasePhase({ image: "awaited", verifications: [] }).phase).toBe("Pending");
    expect(releasePhase({ image: "unusable", verifications: [] }).phase).toBe("Failed");
  });
});

describe("a person's override", () => {
  test.each([
    ["Ready", "Accepted", true],
    ["Ready", "Rejected", true],
    ["Rejected", "Accepted", true],
    ["Accepted", "Rejected", true],
    ["Accepted", "Accepted", false],
    ["Pending", "Accepted", false],
    ["Failed", "Accepted", false],
    ["Failed", "Rejected", false],
  ] as const)("%s to %s: %s", (phase, to, allowed) => {
    expect(overridePhase({ name: "r", phase, to, reason: "seen on metal" }).ok).toBe(allowed);
  });
  test("needs a reason", () => {
    expect(overridePhase({ name: "r", phase: "Ready", to: "Accepted", reason: " " }).ok).toBe(
      false,
    );
  });
});
