import { describe, expect, test } from "@jest/globals";
import type { FetchedFile } from "../../../src/streams/elsewhere/fetched-file.ts";
import { validateRepository } from "../../../src/streams/validate-repository.ts";
import { fileOf, goodFiles, now, pipelinePath, taskPath, withChange } from "../repository-of.ts";

const url = "https://github.com/okd-project/pipelines.git";
const commit = "d4be53e847b94469932100ee1c100767f7b71edb";
const pipelineFile = "base/build.yaml";
const taskFile = "base/assemble.yaml";
const key = (path: string) => `${url}@${commit}:${path}`;

/** The stream of the good files with a pipeline of another repository. */
const streamElsewhere = withChange(
  "streams/edge.yaml",
  `path: ${pipelinePath}`,
  `git:\n        url: ${url}\n        revision: ${commit}\n        path: ${pipelineFile}`,
);

const task = `apiVersion: tekton.dev/v1beta1
kind: Task
metadata:
  name: assemble
spec:
  params:
    - name: version
  results:
    - name: pull-spec
    - name: image-digest
  steps:
    - name: assemble
      image: docker.io/library/busybox:1.37
      resources:
        requests: {memory: 1Gi}
      script: echo hello
`;

const refToTask = `resolver: git
        params:
          - {name: url, value: "${url}"}
          - {name: revision, value: ${commit}}
          - {name: pathInRepo, value: ${taskFile}}`;

const pipeline = (taskRef = refToTask) => `apiVersion: tekton.dev/v1beta1
kind: Pipeline
metadata:
  name: build
spec:
  params:
    - name: branch
  workspaces:
    - name: registry
  results:
    - name: pull-spec
      value: $(tasks.assemble.results.pull-spec)
    - name: image-digest
      value: $(tasks.assemble.results.image-digest)
  tasks:
    - name: assemble
      taskRef:
        ${taskRef}
      params:
        - name: version
          value: $(params.branch)
`;

const content = (text: string): FetchedFile => ({
  kind: "content",
  content: new TextEncoder().encode(text),
});
const unknown: FetchedFile = { kind: "unknown", reason: "The server is dead.", help: "Wait." };

type Elsewhere = Readonly<Record<string, FetchedFile>>;

function validate(files: Readonly<Record<string, string>>, elsewhere: Elsewhere) {
  return validateRepository(
    Object.entries(files).map(([path, text]) => fileOf(path, text)),
    { now, elsewhere: new Map(Object.entries(elsewhere).map(([path, file]) => [key(path), file])) },
  );
}

/** What is found about pipelines and their uses, apart from the verification of the good files. */
function found(files: Readonly<Record<string, string>>, elsewhere: Elsewhere) {
  return validate(files, elsewhere)
    .findings.filter(({ rule, line, file }) => {
      const isPolicy = rule === "step-image-unpinned";
      return (
        !isPolicy && !(rule === "pipeline-on-cluster" && file === "streams/edge.yaml" && line > 30)
      );
    })
    .map(({ rule, line, column, message }) => `${rule} ${line}:${column} ${message}`);
}

const both = { [pipelineFile]: content(pipeline()), [taskFile]: content(task) };

describe("a pipeline of another repository", () => {
  test("is verified with its tasks, v1beta1 too", () => {
    expect(found(streamElsewhere, both)).toEqual([]);
  });

  test("is named with its tasks, as far as they are known", () => {
    const files = (elsewhere: Elsewhere) =>
      validate(streamElsewhere, elsewhere).elsewhere.map(({ path }) => path);
    expect(files({})).toEqual([pipelineFile]);
    expect(files(both)).toEqual([pipelineFile, taskFile]);
  });

  test.each<[string, Elsewhere, string]>([
    [
      "was not fetched",
      {},
      "pipeline-elsewhere 13:7 The pipeline stands in another repository and is not verified. Nothing of another repository was fetched.",
    ],
    [
      "can't be fetched",
      { [pipelineFile]: unknown },
      "pipeline-elsewhere 13:7 The pipeline stands in another repository and is not verified. The server is dead.",
    ],
    [
      "is not there",
      { [pipelineFile]: { kind: "unusable", reason: "there is no such file" } },
      `pipeline-elsewhere-invalid 16:15 ${pipelineFile} of ${url} at d4be53e847b9 is no Pipeline that can be used: there is no such file.`,
    ],
    ["is no YAML", { [pipelineFile]: content("a: [") }, "pipeline-elsewhere-invalid 16:15"],
    [
      "is no text",
      { [pipelineFile]: { kind: "content", content: new Uint8Array([0, 255]) } },
      "pipeline-elsewhere-invalid 16:15",
    ],
    ["is a Task", { [pipelineFile]: content(task) }, "pipeline-elsewhere-invalid 16:15"],
    [
      "is something else",
      { [pipelineFile]: content("kind: ConfigMap\n") },
      "pipeline-elsewhere-invalid 16:15",
    ],
    [
      "has a mistake",
      {
        ...both,
        [pipelineFile]: content(pipeline().replace("$(params.branch)", "$(params.brnach)")),
      },
      `pipeline-elsewhere-invalid 16:15 ${pipelineFile} of ${url} at d4be53e847b9 is wrong, line 25, column 18: The pipeline declares no parameter "brnach".`,
    ],
    [
      "does not agree with its task",
      { ...both, [taskFile]: content(task.replace("- name: version", "- name: commit")) },
      `pipeline-elsewhere-invalid 16:15 ${pipelineFile} of ${url} at d4be53e847b9 is wrong, line`,
    ],
    [
      "has a task that is wrong",
      { ...both, [taskFile]: content(task.replace("kind: Task", "kind: Tusk")) },
      `pipeline-elsewhere-invalid 16:15`,
    ],
    [
      "has a task that can't be fetched",
      { ...both, [taskFile]: unknown },
      "pipeline-elsewhere 16:15 These tasks of the pipeline are not verified: assemble. The server is dead.",
    ],
    [
      "has a task on the cluster",
      { [pipelineFile]: content(pipeline("name: assemble")) },
      "pipeline-on-cluster 16:15 These tasks of the pipeline are only on the cluster and are not verified: assemble.",
    ],
    [
      "has a task of a branch",
      { [pipelineFile]: content(pipeline(refToTask.replace(commit, "main"))) },
      "pipeline-elsewhere 16:15 These tasks of the pipeline are not verified: assemble. Its reference does not name one file at a full commit.",
    ],
    [
      "needs a parameter",
      {
        ...both,
        [pipelineFile]: content(
          pipeline().replace("- name: branch", "- name: branch\n    - name: more"),
        ),
      },
      'param-missing 17:5 The parameter "more" of the pipeline "build" is not given and has no default.',
    ],
    [
      "does not know a parameter",
      {
        ...both,
        [pipelineFile]: content(
          pipeline()
            .replace("- name: branch", "- name: branches\n      default: x")
            .replace("params.branch", "params.branches"),
        ),
      },
      'param-unknown 18:7 The pipeline "build" has no parameter "branch".',
    ],
    [
      "needs a workspace",
      {
        ...both,
        [pipelineFile]: content(
          pipeline().replace("- name: registry", "- name: registry\n    - name: cache"),
        ),
      },
      "workspace-missing 19:5",
    ],
    [
      "gives another result",
      {
        ...both,
        [pipelineFile]: content(pipeline().replace("- name: pull-spec", "- name: image")),
      },
      "release-result-unknown 30:19",
    ],
    [
      "may take longer than the run",
      {
        ...both,
        [pipelineFile]: content(
          pipeline().replace(
            "      params:\n        - name",
            "      timeout: 3h\n      params:\n        - name",
          ),
        ),
      },
      "timeout-unreachable 10:3 The run ends its tasks after 0h50m0s by default, before the timeout of `assemble` (3h).",
    ],
  ])("%s", (_, elsewhere, expected) => {
    const all = found(streamElsewhere, elsewhere);
    expect(all).toHaveLength(1);
    expect(all[0]).toContain(expected);
  });

  test("may have a trigger that takes more", () => {
    const files = withChange(
      "streams/edge.yaml",
      "branch: master",
      "branch: master\n      claim: x",
    );
    const text = (files["streams/edge.yaml"] ?? "").replace(
      `path: ${pipelinePath}`,
      `git: {url: "${url}", revision: ${commit}, path: ${pipelineFile}}`,
    );
    expect(found({ ...files, "streams/edge.yaml": text }, both)).toEqual([
      'param-beyond-pipeline 16:7 The pipeline "build" has no parameter "claim".',
    ]);
  });

  test("is given what is reserved only in this repository", () => {
    const files = {
      ...streamElsewhere,
      "streams/edge.yaml": (streamElsewhere["streams/edge.yaml"] ?? "").replace(
        "branch: master",
        "branch: master\n      revision: main",
      ),
    };
    const declared = pipeline().replace("- name: branch", "- name: branch\n    - name: revision");
    expect(found(files, { ...both, [pipelineFile]: content(declared) })).toEqual([]);
  });
});

describe("a task of another repository, in a pipeline of this one", () => {
  const local = {
    ...goodFiles,
    [pipelinePath]: (goodFiles[pipelinePath] ?? "")
      .replace("$(params.repository-url)", url)
      .replace("$(params.revision)", commit)
      .replace(taskPath, taskFile),
  };

  test.each<[string, Elsewhere, readonly string[]]>([
    ["is verified", both, []],
    ["was not fetched", {}, ["pipeline-elsewhere 27:7"]],
    ["is a pipeline", { [taskFile]: content(pipeline()) }, ["pipeline-elsewhere-invalid 35:20"]],
    [
      "is wrong",
      {
        [taskFile]: content(
          task.replace("name: assemble\n      image", "name: Assemble\n      image"),
        ),
      },
      ["pipeline-elsewhere-invalid 35:20"],
    ],
    [
      "lacks a result",
      { [taskFile]: content(task.replace("    - name: pull-spec\n", "")) },
      ["task-result-unknown 22:14"],
    ],
    [
      "needs another param",
      { [taskFile]: content(task.replace("- name: version", "- name: edition")) },
      ["task-param-missing 26:13", "task-param-unknown 37:17"],
    ],
  ])("%s", (_, elsewhere, expected) => {
    const all = found(local, elsewhere).map((text) => text.split(" ").slice(0, 2).join(" "));
    expect(all).toEqual(expected);
  });
});
