import { expect, test } from "@jest/globals";
import { tektonFaults } from "../../../src/tekton/faults/tekton-faults.ts";
import { parseYaml } from "../../../src/yaml/parse-yaml.ts";
import { applyTextEdits } from "../../../src/yaml/text-edit.ts";

const before = `apiVersion: tekton.dev/v1beta1 # soon v1
kind: PipelineRun
metadata:
  name: build
spec:
  # Who builds
  serviceAccountName: builder
  podTemplate:
    # Where
    nodeSelector:
      kubernetes.io/arch: amd64
  timeout: 2h
  pipelineSpec:
    tasks:
      - name: build
        taskSpec:
          steps:
            - name: build
              image: busybox
              resources: # enough
                requests:
                  memory: 1Gi
  taskRunSpecs:
    - pipelineTaskName: build
      taskServiceAccountName: 'other'
`;

const after = `apiVersion: tekton.dev/v1 # soon v1
kind: PipelineRun
metadata:
  name: build
spec:
  # Who builds
  taskRunTemplate:
    serviceAccountName: builder
    podTemplate:
      # Where
      nodeSelector:
        kubernetes.io/arch: amd64
  timeouts:
    pipeline: 2h
  pipelineSpec:
    tasks:
      - name: build
        taskSpec:
          steps:
            - name: build
              image: busybox
              computeResources: # enough
                requests:
                  memory: 1Gi
  taskRunSpecs:
    - pipelineTaskName: build
      serviceAccountName: 'other'
`;

/** The text with the fix of its version; undefined where there is none. */
function mended(text: string): string | undefined {
  const [source] = parseYaml("run.yaml", text).documents;
  if (source === undefined) throw new Error("the text is no YAML");
  const fault = tektonFaults(source).find(({ rule }) => rule === "tekton-v1beta1");
  const edits = fault?.fix === undefined ? undefined : source.textEdits(fault.fix.edits);
  return edits === undefined ? undefined : applyTextEdits(text, edits);
}

test("a run of v1beta1 is written in v1, with its comments, and has no fault then", () => {
  expect(mended(before)).toBe(after);
  const [source] = parseYaml("run.yaml", after).documents;
  expect(source === undefined ? undefined : tektonFaults(source)).toEqual([]);
});

test("a run of v1beta1 is left where its keys for the template stand apart", () => {
  const apart = before.replace("  podTemplate:", "  params: []\n  podTemplate:");
  expect(mended(apart)).toBeUndefined();
});
