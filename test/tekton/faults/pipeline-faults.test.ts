import { describe, expect, test } from "@jest/globals";
import { pipelineSpecFaults } from "../../../src/tekton/faults/pipeline-faults.ts";
import { pipelineSpec } from "../../../src/tekton/pipeline-schemas.ts";
import { faultsOf } from "./faults-of.ts";
import { rightPipelines, wrongPipelines } from "./pipeline-cases.ts";

describe("the faults of a Pipeline", () => {
  test.each([...wrongPipelines, ...rightPipelines])("%s", (_, spec, ...expected) => {
    const found = faultsOf("Pipeline", spec, (value) =>
      pipelineSpecFaults(pipelineSpec.parse(value), ["spec"]),
    );
    expect(found).toEqual(expected);
  });
});
