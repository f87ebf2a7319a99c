import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { runPhase } from "../../src/cluster/run-phase.ts";

const condition = (status: "True" | "False" | "Unknown", reason: string) => ({
  status,
  reason,
  message: "",
});

describe("the phase of a condition", () => {
  test.each([
    ["Unknown", "PipelineRunPending", "queued"],
    ["Unknown", "Started", "running"],
    ["Unknown", "Running", "running"],
    ["Unknown", "ResolvingPipelineRef", "running"],
    ["Unknown", "PipelineRunStopping", "running"],
    ["Unknown", "CancelledRunningFinally", "running"],
    ["Unknown", "PipelineRunTimeoutRunningFinally", "running"],
    ["Unknown", "PipelineRunCouldntCancel", "running"],
    ["True", "Succeeded", "succeeded"],
    ["True", "Completed", "succeeded"],
    ["False", "Failed", "failed"],
    ["False", "Cancelled", "cancelled"],
    ["False", "TaskRunCancelled", "cancelled"],
    ["False", "PipelineRunTimeout", "timed-out"],
    ["False", "TaskRunTimeout", "timed-out"],
    ["False", "CouldntGetPipeline", "failed"],
    ["False", "FailureIgnored", "failed"],
  ] as const)("%s with reason %s is %s", (status, reason, phase) => {
    expect(runPhase(condition(status, reason))).toBe(phase);
  });

  test("is queued as long as there is none", () => {
    expect(runPhase(undefined)).toBe("queued");
  });

  test("only True ever succeeds, and Unknown never ends a run, whatever the reason", () => {
    const status = fc.constantFrom("True", "False", "Unknown");
    fc.assert(
      fc.property(status, fc.string(), (status, reason) => {
        const phase = runPhase(condition(status, reason));
        expect(phase === "succeeded").toBe(status === "True");
        expect(phase === "queued" || phase === "running").toBe(status === "Unknown");
      }),
    );
  });
});
