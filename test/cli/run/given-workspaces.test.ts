import { describe, expect, test } from "@jest/globals";
import { collectWorkspace, withGivenWorkspaces } from "../../../src/cli/run/given-workspaces.ts";
import { specOfRun } from "../../../src/cli/run/spec-of-run.ts";
import type { Pipeline, PipelineRun } from "../../../src/tekton/types.ts";

describe("workspaces of the command line", () => {
  test.each([
    ["name=w,emptyDir=", { name: "w", emptyDir: {} }],
    ["name=w,claimName=c", { name: "w", persistentVolumeClaim: { claimName: "c" } }],
    ["name=w,secret=s", { name: "w", secret: { secretName: "s" } }],
    ["name=w,config=m,subPath=a/b", { name: "w", configMap: { name: "m" }, subPath: "a/b" }],
  ])("%s", (text, binding) => {
    expect(collectWorkspace(text, [])).toEqual([binding]);
  });

  test.each([
    ["emptyDir=", "names no workspace"],
    ["name=w", "needs exactly one volume"],
    ["name=w,secret=s,config=c", "needs exactly one volume"],
    ["name=w,emptyDri=", "no field of a workspace"],
  ])("%s is refused", (text, message) => {
    expect(() => collectWorkspace(text, [])).toThrow(message);
  });

  test("take the place of the run's own", () => {
    const run: PipelineRun = {
      apiVersion: "tekton.dev/v1",
      kind: "PipelineRun",
      metadata: { name: "r" },
      spec: {
        workspaces: [
          { name: "a", emptyDir: {} },
          { name: "b", emptyDir: {} },
        ],
      },
    };
    const given = collectWorkspace("name=b,claimName=c", []);
    expect(withGivenWorkspaces(run, given, undefined).spec.workspaces).toEqual([
      { name: "a", emptyDir: {} },
      { name: "b", persistentVolumeClaim: { claimName: "c" } },
    ]);
  });

  test("are refused where the pipeline declares none of that name", () => {
    const run: PipelineRun = {
      apiVersion: "tekton.dev/v1",
      kind: "PipelineRun",
      metadata: { name: "r" },
      spec: { pipelineRef: { name: "p" } },
    };
    const pipeline: Pipeline = {
      apiVersion: "tekton.dev/v1",
      kind: "Pipeline",
      metadata: { name: "p" },
      spec: { workspaces: [{ name: "source" }], tasks: [] },
    };
    const given = collectWorkspace("name=sorce,emptyDir=", []);
    expect(() => withGivenWorkspaces(run, given, specOfRun(run, [pipeline]))).toThrow(
      /declares no workspace "sorce".*source/,
    );
    const embedded: PipelineRun = { ...run, spec: { pipelineSpec: pipeline.spec } };
    expect(withGivenWorkspaces(embedded, given, specOfRun(embedded, [])).spec.workspaces).toEqual(
      given,
    );
  });
});
