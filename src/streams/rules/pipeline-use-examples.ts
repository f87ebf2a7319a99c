import { gitFileKey } from "../elsewhere/git-file.ts";
import { exampleParams, exampleStream } from "./example-files.ts";
import type { Example } from "./rule.ts";

const taskFile = "tekton/tasks/assemble.yaml";
const pipelineFile = "tekton/pipelines/assemble.yaml";
const streamFile = "streams/example.yaml";

type Files = Readonly<Record<string, string>>;

function task(spec: string): string {
  return `apiVersion: tekton.dev/v1
kind: Task
metadata:
  name: assemble
spec:
${spec}  steps:
    - name: assemble
      image: docker.io/library/busybox:1.37
      script: echo done
`;
}

/** A pipeline with one task; `more` is a piece of that task. */
function pipeline({
  before = "",
  more = "",
}: {
  readonly before?: string;
  readonly more?: string;
}) {
  return `apiVersion: tekton.dev/v1
kind: Pipeline
metadata:
  name: assemble
spec:
  params:
    - name: repository-url
    - name: revision
${before}  tasks:
    - name: assemble
${more}      taskRef:
        resolver: git
        params:
          - name: url
            value: $(params.repository-url)
          - name: revision
            value: $(params.revision)
          - name: pathInRepo
            value: ${taskFile}
`;
}

/** A task in a pipeline that gives one param. */
function giving(name: string, value: string): string {
  const more = `      params:\n        - name: ${name}\n          value: ${value}\n`;
  return pipeline({ more });
}

/** An example of a Task with this spec, and of a wrong and a right pipeline that uses it. */
export function paramExample(
  spec: string,
  name: string,
  values: { readonly wrong: string; readonly right: string },
): Example {
  const files = (value: string): Files => ({
    [taskFile]: task(spec),
    [pipelineFile]: giving(name, value),
  });
  return { of: "files", wrong: files(values.wrong), right: files(values.right) };
}

interface Binding {
  /** The workspace of the task that the pipeline binds; none where absent. */
  readonly name?: string;
  readonly pipelineIsOptional?: boolean;
  readonly taskIsOptional?: boolean;
}

function binding({ name, pipelineIsOptional, taskIsOptional }: Binding): Files {
  const optional = "      optional: true\n";
  return {
    [taskFile]: task(
      `  workspaces:\n    - name: source\n${taskIsOptional === true ? optional : ""}`,
    ),
    [pipelineFile]: pipeline({
      before: `  workspaces:\n    - name: shared\n${pipelineIsOptional === true ? optional : ""}`,
      ...(name !== undefined && {
        more: `      workspaces:\n        - name: ${name}\n          workspace: shared\n`,
      }),
    }),
  };
}

/** An example of a pipeline that binds a workspace of its task in a wrong and in a right way. */
export function bindingExample(wrong: Binding, right: Binding): Example {
  return { of: "files", wrong: binding(wrong), right: binding(right) };
}

interface Release {
  /** The value of the pipeline's result `pull-spec`, with its type where it is no string. */
  readonly result: string;
  /** A piece of the task that gives it. */
  readonly more?: string;
}

function release({ result, more = "" }: Release): Files {
  const results = `  results:
    - name: pull-specs
      type: array
    - name: pull-spec
    - name: image-digest
`;
  const before = `  results:
    - name: pull-spec
${result}    - name: image-digest
      value: $(tasks.assemble.results.image-digest)
`;
  return {
    [taskFile]: task(results),
    [pipelineFile]: pipeline({ before, more }),
    [streamFile]: exampleStream("example").replace("name: okd-coreos", `path: ${pipelineFile}`),
  };
}

/** An example of a stream whose pipeline gives what its release is made of in a wrong and in a right way. */
export function releaseExample(wrong: Release, right: Release): Example {
  return { of: "files", wrong: release(wrong), right: release(right) };
}

const url = "https://github.com/okd-project/okd-coreos-pipeline.git";
const rightCommit = "d4be53e847b94469932100ee1c100767f7b71edb";
const wrongCommit = "a9c1f0b2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f7a8";

function pipelineElsewhere(runAfter: string): string {
  const step = "[{name: build, image: docker.io/library/busybox:1.37, script: echo done}]";
  return `apiVersion: tekton.dev/v1
kind: Pipeline
metadata:
  name: okd-coreos
spec:
  params:
    - name: branch
  results:
    - name: pull-spec
      value: $(tasks.build.results.pull-spec)
    - name: image-digest
      value: $(tasks.build.results.image-digest)
  tasks:
    - name: build
      runAfter: [${runAfter}]
      taskSpec:
        results: [{name: pull-spec}, {name: image-digest}]
        steps: ${step}
`;
}

interface Elsewhere {
  readonly commit?: "right" | "wrong";
  readonly params?: Readonly<Record<string, string>>;
}

function streamElsewhere({ commit = "right", params = { branch: "master" } }: Elsewhere): Files {
  const revision = commit === "right" ? rightCommit : wrongCommit;
  const ref = `git:
        url: ${url}
        revision: ${revision}
        path: build.yaml`;
  const stream = exampleStream("example", { build: exampleParams(params) });
  return { [streamFile]: stream.replace("name: okd-coreos", ref) };
}

/** An example of a stream whose pipeline stands in another repository, which is right in one commit only. */
export function elsewhereExample(wrong: Elsewhere, right: Elsewhere = {}): Example {
  const key = (revision: string) => gitFileKey({ url, revision, path: "build.yaml" });
  return {
    of: "files",
    wrong: streamElsewhere(wrong),
    right: streamElsewhere(right),
    elsewhere: {
      [key(rightCommit)]: pipelineElsewhere(""),
      [key(wrongCommit)]: pipelineElsewhere("prepare"),
    },
  };
}
