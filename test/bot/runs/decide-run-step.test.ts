import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { decideRunStep, type PendingRun } from "../../../src/bot/runs/decide-run-step.ts";
import type { ObservedRun } from "../../../src/cluster/types.ts";

const id = "a".repeat(64);
const now = 1_000_000;
const unlabelled: ObservedRun = {
  name: "edge-aaaaaaaaaa",
  uid: "u",
  phase: "succeeded",
  reason: "Succeeded",
  message: "",
  results: {},
  tasks: [],
  asked: { serviceAccounts: ["builder"], params: { push: "true" } },
};
const own: ObservedRun = { ...unlabelled, runId: id };
const run = (
  state: PendingRun["state"],
  startDeadline?: number,
  more: Partial<PendingRun> = {},
): PendingRun => ({
  id,
  state,
  isSent: state !== "requested",
  isStopped: false,
  runNames: "fixed",
  eventId: "event",
  fixed: { params: {} },
  startDeadline,
  ...more,
});
const generated = (
  state: PendingRun["state"],
  eventId: string | null,
  startDeadline?: number,
): PendingRun => run(state, startDeadline, { runNames: "generated", eventId });
const states = ["requested", "submitted", "queued", "running"] as const;

describe("the next step of a run", () => {
  test.each([
    ["is not asked for yet", run("requested"), { do: "submit" }],
    ["waits for the listener", run("submitted", now), { do: "wait" }],
    ["waits without a deadline", run("submitted"), { do: "wait" }],
    ["is past its deadline", run("submitted", now - 1), { do: "give-up", reason: "never-started" }],
    ["was queued", run("queued", now - 1), { do: "give-up", as: "lost", reason: "deleted" }],
    ["was running", run("running"), { do: "give-up", as: "lost", reason: "deleted" }],
  ])("where the cluster shows none and it %s", (_state, pending, step) => {
    expect(decideRunStep(pending, undefined, now)).toMatchObject(step);
  });

  test.each([
    ["is not asked for yet", generated("requested", null), { do: "submit" }],
    ["waits", generated("submitted", "e", now), { do: "wait" }],
    ["is late", generated("submitted", "e", now - 1), { do: "give-up", reason: "never-started" }],
    ["was running", generated("running", "e"), { do: "give-up", as: "lost", reason: "deleted" }],
  ])("where the listener makes up names, none is there, and it %s", (_state, pending, step) => {
    expect(decideRunStep(pending, undefined, now)).toMatchObject(step);
  });

  test("where the listener makes up names and its answer was lost, is a person's to say: nothing is sent again", () => {
    fc.assert(
      fc.property(fc.option(fc.nat(), { nil: undefined }), (deadline) => {
        const pending = { ...generated("requested", null, deadline), isSent: true };
        for (const isStopped of [false, true])
          expect(decideRunStep({ ...pending, isStopped }, undefined, now)).toEqual({
            do: "give-up",
            as: "parked",
            reason: "answer-lost",
          });
      }),
    );
  });

  test("where the listener makes up names is to record what the event made, whoever labelled it", () => {
    expect(decideRunStep(generated("submitted", "e"), unlabelled, now)).toEqual({
      do: "record",
      observed: unlabelled,
    });
  });

  test("where the cluster shows it is to record it, in every state: it is never asked for again", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...states),
        fc.option(fc.nat(), { nil: undefined }),
        (...args) => {
          expect(decideRunStep(run(...args), own, now)).toEqual({ do: "record", observed: own });
        },
      ),
    );
  });

  test.each([
    ["was never sent: it is cancelled", run("requested"), { do: "cancel" }],
    [
      "may have arrived: it may still appear",
      run("requested", now, { isSent: true }),
      { do: "wait" },
    ],
    ["never arrived", run("requested", now - 1, { isSent: true }), { do: "cancel" }],
    ["was taken: it may still appear", run("submitted", now), { do: "wait" }],
    ["was taken and never began", run("submitted", now - 1), { do: "cancel" }],
    ["was deleted", run("running"), { do: "give-up", as: "lost", reason: "deleted" }],
  ])("where somebody wants it to end and it %s", (_state, pending, step) => {
    expect(decideRunStep({ ...pending, isStopped: true }, undefined, now)).toMatchObject(step);
  });

  test.each([
    ["queued", "stop"],
    ["running", "stop"],
    ["succeeded", "record"],
    ["cancelled", "record"],
  ] as const)(
    "where somebody wants it to end and the cluster shows it %s is to %s it",
    (phase, step) => {
      const observed = { ...own, phase };
      for (const state of states)
        expect(decideRunStep(run(state, 0, { isStopped: true }), observed, now)).toEqual({
          do: step,
          observed,
        });
    },
  );

  test.each([
    ["runs under another account", { params: {}, serviceAccount: "trials" }, "as service account"],
    ["has another value", { params: { push: "false" } }, '"push" as "false", and has "true"'],
    ["lacks a value", { params: { dry: "yes" } }, '"dry" as "yes", and does not have it'],
  ])(
    "where it %s than the operator fixed is to refuse it when it appears, in every phase",
    (_how, fixed, told) => {
      expect(decideRunStep(run("running", 0, { fixed }), own, now)).toMatchObject({ do: "record" });
      for (const state of ["requested", "submitted"] as const)
        for (const phase of ["running", "succeeded", "failed"] as const)
          expect(decideRunStep(run(state, 0, { fixed }), { ...own, phase }, now)).toMatchObject({
            do: "refuse",
            breach: expect.stringContaining(told),
          });
    },
  );

  test("where it is as the operator fixed it is to record it", () => {
    const fixed = { params: { push: "true" }, serviceAccount: "builder" };
    expect(decideRunStep(run("submitted", now, { fixed }), own, now)).toMatchObject({
      do: "record",
    });
  });

  test("where another's run has its name is to believe nothing of it", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...states),
        fc.option(fc.string(), { nil: undefined }),
        (state, runId) => {
          const foreign = runId === undefined ? unlabelled : { ...unlabelled, runId };
          expect(decideRunStep(run(state), foreign, now)).toEqual({
            do: "give-up",
            as: "parked",
            reason: "name-taken",
          });
        },
      ),
    );
  });
});
