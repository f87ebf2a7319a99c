import { describe, expect, test } from "@jest/globals";
import { pipelineRunFaults, taskRunFaults } from "../../../src/tekton/faults/run-faults.ts";
import { pipelineRun, taskRun } from "../../../src/tekton/pipeline-schemas.ts";
import { faultsOf } from "./faults-of.ts";
import { rightPipelineRuns, taskRuns, wrongPipelineRuns } from "./run-cases.ts";

describe("the faults of a PipelineRun", () => {
  test.each([...wrongPipelineRuns, ...rightPipelineRuns])("%s", (_, spec, ...expected) => {
    const found = faultsOf("PipelineRun", spec, (value) =>
      pipelineRunFaults(pipelineRun.parse(headed("PipelineRun", value))),
    );
    expect(found).toEqual(expected);
  });

  test("a run needs a name, or a beginning of names", () => {
    const spec = { pipelineRef: { name: "build" } };
    const run = { apiVersion: "tekton.dev/v1", kind: "PipelineRun", spec };
    const faults = pipelineRunFaults(pipelineRun.parse({ ...run, metadata: {} }));
    expect(faults.map(({ rule, path }) => [rule, path])).toEqual([
      ["tekton-missing-field", ["metadata"]],
    ]);
    const generated = pipelineRun.parse({ ...run, metadata: { generateName: "build-" } });
    expect(pipelineRunFaults(generated)).toEqual([]);
  });
});

describe("the faults of a TaskRun", () => {
  test.each(taskRuns)("%s", (_, spec, ...expected) => {
    const found = faultsOf("TaskRun", spec, (value) =>
      taskRunFaults(taskRun.parse(headed("TaskRun", value))),
    );
    expect(found).toEqual(expected);
  });
});

function headed(kind: string, spec: unknown): unknown {
  return { apiVersion: "tekton.dev/v1", kind, metadata: { name: "example" }, spec };
}
