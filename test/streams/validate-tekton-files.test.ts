import { describe, expect, test } from "@jest/globals";
import {
  layerBinding,
  layerListener,
  layerPipeline,
  layerPost,
  layerRun,
  layerTemplate,
  localVolume,
  packTask,
} from "../../src/streams/rules/tekton-file-examples.ts";
import { validateTektonFiles } from "../../src/streams/validate-tekton-files.ts";
import { fileOf } from "./repository-of.ts";

type Files = Readonly<Record<string, string>>;

/** `file:line:column rule` of every finding but the hints about images. */
function found(files: Files): string[] {
  const findings = validateTektonFiles(
    Object.entries(files).map(([path, text]) => fileOf(path, text)),
  );
  return findings.map(({ file, line, column, rule }) => `${file}:${line}:${column} ${rule}`);
}

const trigger = {
  "layer.yaml": layerPipeline(),
  "binding.yaml": layerBinding("version"),
  "template.yaml": layerTemplate(["version"], ["version"]),
  "listener.yaml": layerListener(),
};
const kustomization = "kind: Kustomization\nresources:\n";

describe("Tekton files of a folder", () => {
  test("are fine where everything fits", () => {
    expect(found({ ...trigger, "a/run.yaml": layerRun("layer-1", { version: "4.20" }) })).toEqual(
      [],
    );
  });

  test.each<[string, Files, string[]]>([
    ["text that is no YAML", { "a.yaml": "a: [1\n" }, ["a.yaml:1:4 yaml-syntax"]],
    [
      "a fault of a document",
      { "a.yml": packTask("pack").replace("steps", "stesp") },
      ["a.yml:6:3 tekton-unknown-field"],
    ],
    [
      "a param that the pipeline does not declare",
      { "a.yaml": layerPipeline(), "b.yaml": layerRun("b", { version: "4.20", claimname: "x" }) },
      ["b.yaml:11:13 run-param-unknown"],
    ],
    [
      "a param that is forgotten",
      { "a.yaml": layerPipeline(), "b.yaml": layerRun("b", { branch: "main" }) },
      ["b.yaml:8:3 run-param-missing"],
    ],
    [
      "a pipeline that is nowhere",
      { "b.yaml": layerRun("b", { version: "4.20" }) },
      ["b.yaml:6:3 pipeline-on-cluster"],
    ],
    [
      "a default where others give the value",
      {
        "layer.yaml": layerPipeline(),
        "a.yaml": layerRun("a", { version: "4.19", stage: "stable" }),
        "b.yaml": layerRun("b", { version: "4.20" }),
      },
      ["b.yaml:8:3 run-param-defaulted"],
    ],
    [
      "versions that a script writes to one place",
      {
        "layer.yaml": layerPipeline("aws s3 sync out s3://layers/$(params.stage)"),
        "a.yaml": layerRun("a", { version: "4.19", stage: "next" }),
        "b.yaml": layerRun("b", { version: "4.20", stage: "next" }),
        "c.yaml": layerRun("c", { version: "4.20", stage: "stable" }),
      },
      ["a.yaml:10:14 run-output-shared", "b.yaml:10:14 run-output-shared"],
    ],
    [
      "a version from the branch of another",
      {
        "layer.yaml": layerPipeline(),
        "a.yaml": layerRun("a", { version: "4.19", branch: "release-4.18" }),
      },
      ["a.yaml:12:14 run-version-branch"],
    ],
    [
      "a version from two branches",
      {
        "layer.yaml": layerPipeline(),
        "a.yaml": layerRun("a", { version: "4.19", branch: "release-4.19" }),
        "b.yaml": layerRun("b", { version: "4.19", branch: "main" }),
      },
      ["b.yaml:12:14 run-version-branch"],
    ],
    [
      "a param that no binding reads",
      {
        ...trigger,
        "template.yaml": layerTemplate(
          ["version", "stage\n      default: next"],
          ["version", "stage"],
        ),
        "post.yaml": layerPost('{"params": 1, "version": "4.20", "stage": "stable"}'),
      },
      ["post.yaml:16:53 trigger-body-unread"],
    ],
    [
      "a body that lacks what is read",
      { ...trigger, "post.yaml": layerPost("{}") },
      ["post.yaml:16:19 trigger-body-incomplete"],
    ],
    [
      "a run of a template with a param too many",
      {
        ...trigger,
        "template.yaml": layerTemplate(["version", "claim"], ["version", "claim"]),
        "binding.yaml": layerBinding("version", "claim"),
      },
      ["template.yaml:20:19 run-param-unknown"],
    ],
    [
      "a listener that lets everybody in",
      { ...trigger, "listener.yaml": layerListener("layer", "none") },
      ["listener.yaml:7:13 trigger-unauthenticated"],
    ],
    [
      "a misspelt reference",
      { ...trigger, "listener.yaml": layerListener("layre") },
      ["listener.yaml:17:16 trigger-reference-missing"],
    ],
    [
      "tasks that end before the run",
      {
        "layer.yaml": layerPipeline(),
        "a.yaml": layerRun("a", { version: "4.19" }, "  timeouts:\n    pipeline: 4h0m0s\n"),
        "b.yaml": layerRun("b", { version: "4.19" }, "  timeouts:\n    pipeline: 1h\n"),
      },
      ["a.yaml:12:15 task-timeout-default"],
    ],
    [
      "steps that may take longer than their tasks",
      {
        "a/pipeline.yaml": `apiVersion: tekton.dev/v1
kind: Pipeline
metadata:
  name: packs
spec:
  tasks:
    - name: one
      taskRef:
        name: pack
    - name: two
      taskRef:
        name: pack
    - name: three
      timeout: 2h
      taskRef:
        name: pack
    - name: four
      timeout: 4h
      taskRef:
        name: pack
`,
        "b/pack.yaml": `${packTask("pack")}      timeout: 4h\n`,
      },
      [
        "a/pipeline.yaml:7:13 step-timeout-unreachable",
        "a/pipeline.yaml:14:16 step-timeout-unreachable",
      ],
    ],
    [
      "one YAML mistake once",
      { "a.yaml": "tags:\n  - a: 1\n   - b: 2\n     c: 3\n" },
      ["a.yaml:3:4 yaml-syntax"],
    ],
    [
      "volumes on one device",
      { "a.yaml": localVolume("a", "/dev/sdb"), "b.yaml": localVolume("b", "/dev/sdb/") },
      ["a.yaml:7:11 persistent-volume-shared", "b.yaml:7:11 persistent-volume-shared"],
    ],
    [
      "a kustomization that names what is missing",
      {
        "a/kustomization.yaml": `${kustomization}  - pack.yml\n  - ../b\n  - ../../c\n  - https://x.org/y.yaml\n`,
        "a/pack.yaml": packTask("pack"),
        "b/x.json": "{}",
      },
      [
        "a/kustomization.yaml:3:5 kustomization-resource-missing",
        "a/kustomization.yaml:4:5 kustomization-resource-missing",
        "a/pack.yaml:2:7 kustomization-file-unlisted",
      ],
    ],
    [
      "two tasks of one name in a folder",
      { "a/a.yaml": packTask("pack"), "a/b.yaml": packTask("pack"), "b/a.yaml": packTask("pack") },
      ["a/b.yaml:4:9 tekton-name-twice"],
    ],
  ])("tell %s", (_name, files, expected) => {
    expect(found(files)).toEqual(expected);
  });

  test("are looked up in the nearest folder", () => {
    const other = layerPipeline().replace(/\bbranch\b/g, "branches");
    const run = layerRun("layer-1", { version: "4.20", branch: "main" });
    expect(found({ "a/base/layer.yaml": layerPipeline(), "a/runs/run.yaml": run })).toEqual([]);
    expect(
      found({
        "a/base/layer.yaml": other,
        "b/base/layer.yaml": layerPipeline(),
        "b/runs/run.yaml": run,
      }),
    ).toEqual([]);
    expect(
      found({
        "a/base/layer.yaml": layerPipeline(),
        "b/base/layer.yaml": other,
        "b/runs/run.yaml": run,
      }),
    ).toEqual(["b/runs/run.yaml:11:13 run-param-unknown"]);
  });

  test("may hold anything", () => {
    const odd = [
      "kind: TriggerTemplate\napiVersion: triggers.tekton.dev/v1beta1\nspec: 7\n",
      "- 1\n",
      "kind: [a]\napiVersion: {b: c}\n",
      "apiVersion: v1\nkind: PersistentVolume\nspec: {local: {path: [1]}}\n",
      "kind: CronJob\nspec: {jobTemplate: {spec: {template: {spec: {containers: [1]}}}}}\n",
    ];
    const files = Object.fromEntries(odd.map((text, index) => [`${index}.yaml`, text]));
    expect(() => found({ ...files, "kustomization.yaml": "resources: {}\n" })).not.toThrow();
  });
});
