import { error, warning } from "./rule.ts";
import type { Rule } from "./rule.ts";

const pipelineFile = "tekton/pipelines/example.yaml";
const taskFile = "tekton/tasks/make-image.yaml";

/** A Pipeline with one task of the file at a path. */
function pipelineOf(path: string, params: string): string {
  return `apiVersion: tekton.dev/v1
kind: Pipeline
metadata:
  name: example
spec:
  params:
    - name: repository-url
    - name: revision
  tasks:
    - name: assemble
      taskRef:
        resolver: git
        params:
          - name: url
            value: $(params.repository-url)
          - name: revision
            value: $(params.revision)
          - name: pathInRepo
            value: ${path}
${params}`;
}

function given(...names: readonly string[]): string {
  return `      params:\n${names.map((name) => `        - name: ${name}\n          value: next\n`).join("")}`;
}

/** Rules of pipelines and of what streams and channels give them. */
export const tektonRules = {
  "pipeline-not-found": {
    ...error,
    what: "A pipeline's path names no Pipeline of this repository.",
    why: "The run could not start.",
    mend: "Correct the path, or add the pipeline.",
    example: {
      of: "stream",
      wrong: "spec:\n  build:\n    pipelineRef:\n      path: tekton/pipelines/biuld.yaml\n",
      right: "spec:\n  build:\n    pipelineRef:\n      path: tekton/pipelines/build.yaml\n",
    },
  },
  "pipeline-elsewhere": {
    ...warning,
    what: "A pipeline or task stands in another repository and is not verified.",
    why: "Its parameters, workspaces and results can't be checked in the review.",
    mend: "Nothing has to be done; check its parameters yourself, or bring it into this repository.",
    example: {
      of: "stream",
      wrong:
        "spec:\n  build:\n    pipelineRef:\n      path: null\n      git:\n        url: https://github.com/okd-project/okd-coreos-pipeline\n        revision: d4be53e847b94469932100ee1c100767f7b71edb\n        path: tekton/build.yaml\n",
      right: "spec:\n  build:\n    pipelineRef:\n      path: tekton/pipelines/build.yaml\n",
    },
  },
  "pipeline-on-cluster": {
    severity: "notice",
    what: "A pipeline or task exists only on the cluster and is not verified.",
    why: "It can change without a review, and nothing of it can be checked here.",
    mend: "Prefer a path of this repository or a git reference at a full commit.",
    example: {
      of: "stream",
      wrong: "spec:\n  build:\n    pipelineRef:\n      path: null\n      name: build\n",
      right: "spec:\n  build:\n    pipelineRef:\n      path: tekton/pipelines/build.yaml\n",
    },
  },
  "pipeline-task-not-found": {
    ...error,
    what: "A task of a pipeline refers to a file that is no Task of this repository.",
    why: "The run would fail when Tekton resolves the task.",
    mend: "Correct `pathInRepo`, or add the task.",
    example: {
      of: "files",
      wrong: { [pipelineFile]: pipelineOf("tekton/tasks/mak-image.yaml", given("version")) },
      right: { [pipelineFile]: pipelineOf("tekton/tasks/make-image.yaml", given("version")) },
    },
  },
  "task-param-unknown": {
    ...error,
    what: "A pipeline gives a task a parameter that the task does not declare.",
    why: "It has no effect, so the task runs with something else than meant.",
    mend: "Correct the name, or declare the parameter in the task.",
    example: {
      of: "files",
      wrong: { [pipelineFile]: pipelineOf(taskFile, given("version", "flavor")) },
      right: { [pipelineFile]: pipelineOf(taskFile, given("version", "flavour")) },
    },
  },
  "task-param-missing": {
    ...error,
    what: "A pipeline does not give a task a parameter that has no default.",
    why: "The run would fail when the task starts.",
    mend: "Add the parameter.",
    example: {
      of: "files",
      wrong: { [pipelineFile]: pipelineOf(taskFile, given("flavour")) },
      right: { [pipelineFile]: pipelineOf(taskFile, given("flavour", "version")) },
    },
  },
  "param-unknown": {
    ...error,
    what: "A parameter is not declared by the pipeline.",
    why: "Tekton ignores it, so the build silently uses something else.",
    mend: "Correct the name, or remove it.",
    example: {
      of: "stream",
      wrong: 'spec:\n  build:\n    params:\n      branch: master\n      tag-lastest: "true"\n',
      right: 'spec:\n  build:\n    params:\n      branch: master\n      tag-latest: "true"\n',
    },
  },
  "param-missing": {
    ...error,
    what: "A parameter that has no default is not given.",
    why: "The run would fail at its start.",
    mend: "Add it under `params`.",
    example: {
      of: "stream",
      wrong: "spec:\n  build:\n    params:\n      branch: null\n",
      right: "spec:\n  build:\n    params:\n      branch: master\n",
    },
  },
  "param-value": {
    ...error,
    what: "A parameter's value is none of those that the pipeline allows.",
    why: "The run would fail at its start.",
    mend: "Use one of the allowed values.",
    example: {
      of: "stream",
      wrong: 'spec:\n  build:\n    params:\n      tag-latest: "yes"\n',
      right: 'spec:\n  build:\n    params:\n      tag-latest: "true"\n',
    },
  },
  "param-type": {
    ...error,
    what: "A parameter of type array or object is given, or has to be.",
    why: "The webhook carries strings only.",
    mend: "Let the pipeline take a string, or give the parameter a default.",
    example: {
      of: "stream",
      wrong: "spec:\n  build:\n    params:\n      batches: one\n",
      right: "spec:\n  build:\n    params:\n      branch: master\n",
    },
  },
  "param-reserved": {
    ...error,
    what: "A parameter is given that is filled by itself: `repository-url` or `revision`.",
    why: "They carry the commit that was reviewed; another value would run something else.",
    mend: "Remove it.",
    example: {
      of: "stream",
      wrong: "spec:\n  build:\n    params:\n      revision: main\n",
      right: "spec:\n  build:\n    params:\n      branch: main\n",
    },
  },
  "workspace-missing": {
    ...error,
    what: "A workspace that the pipeline needs is not bound.",
    why: "The run would fail at its start.",
    mend: "Bind it under `workspaces`.",
    example: {
      of: "stream",
      wrong:
        "spec:\n  build:\n    workspaces:\n      registry: null\n      cache:\n        emptyDir: {}\n",
      right:
        "spec:\n  build:\n    workspaces:\n      registry:\n        persistentVolumeClaim:\n          claimName: registry\n",
    },
  },
  "workspace-unknown": {
    ...error,
    what: "A workspace is bound that the pipeline does not declare.",
    why: "It has no effect; a misspelt one leaves another unbound.",
    mend: "Correct the name, or remove it.",
    example: {
      of: "stream",
      wrong: "spec:\n  build:\n    workspaces:\n      cahce:\n        emptyDir: {}\n",
      right: "spec:\n  build:\n    workspaces:\n      cache:\n        emptyDir: {}\n",
    },
  },
  "release-result-unknown": {
    ...error,
    what: "A release is taken from a result that the pipeline does not declare.",
    why: "A successful build would give no release.",
    mend: "Name a result of the pipeline.",
    example: {
      of: "stream",
      wrong: "spec:\n  release:\n    from:\n      results:\n        pullSpec: pullspec\n",
      right: "spec:\n  release:\n    from:\n      results:\n        pullSpec: pull-spec\n",
    },
  },
  "variable-unknown": {
    ...error,
    what: "A value uses `$(…)` with a name that is not known at that place.",
    why: "It would reach the pipeline as it stands.",
    mend: "Use one of the names that the finding lists.",
    example: {
      of: "stream",
      wrong: "spec:\n  build:\n    params:\n      branch: release-$(stream.verison)\n",
      right: "spec:\n  build:\n    params:\n      branch: release-$(stream.version)\n",
    },
  },
} as const satisfies Record<string, Rule>;
