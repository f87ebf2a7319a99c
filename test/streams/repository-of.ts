import type { RepositoryFile, StreamsRepository } from "../../src/streams/repository.ts";
import { validateRepository } from "../../src/streams/validate-repository.ts";

export const now = new Date("2026-11-20T12:00:00Z");

export const taskPath = "tekton/tasks/assemble.yaml";
export const pipelinePath = "tekton/pipelines/build.yaml";

const task = `apiVersion: tekton.dev/v1
kind: Task
metadata:
  name: assemble
spec:
  params:
    - name: version
    - name: flavour
      default: plain
  steps:
    - name: assemble
      image: busybox:1.36
      script: echo $(params.version) $(params.flavour)
  results:
    - name: pull-spec
    - name: image-digest
`;

const pipeline = `apiVersion: tekton.dev/v1
kind: Pipeline
metadata:
  name: build
spec:
  params:
    - name: repository-url
    - name: revision
    - name: branch
    - name: tag-latest
      default: "false"
      enum: ["true", "false"]
    - name: batches
      type: array
      default: []
  workspaces:
    - name: registry
    - name: cache
      optional: true
  results:
    - name: pull-spec
      value: $(tasks.assemble.results.pull-spec)
    - name: image-digest
      value: $(tasks.assemble.results.image-digest)
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
            value: tekton/tasks/assemble.yaml
      params:
        - name: version
          value: $(params.branch)
    - name: report
      runAfter: [assemble]
      taskSpec:
        steps:
          - name: report
            image: busybox:1.36
            script: echo done
            args: ["$(params.tag-latest)", "$(params.batches[*])"]
`;

const stream = `apiVersion: streams.okd.io/v1alpha1
kind: Stream
metadata:
  name: edge
spec:
  title: Edge
  version: "4.21"
  operatingSystem: scos
  architectures: [amd64]
  build:
    cluster: laptop
    pipelineRef:
      path: tekton/pipelines/build.yaml
    params:
      branch: master
    workspaces:
      registry:
        persistentVolumeClaim:
          claimName: registry
  triggers:
    schedule:
      cron: 30 10 * * *
  release:
    nameTemplate: $(stream.version).0-0.okd-scos-edge-$(run.time)
    from:
      results:
        pullSpec: pull-spec
        digest: image-digest
  verify:
    - name: contents
      mode: blocking
      pipelineRef:
        name: verify
      params:
        digest: $(release.digest)
`;

const channel = `apiVersion: streams.okd.io/v1alpha1
kind: Channel
metadata:
  name: next
spec:
  title: Next
  sources:
    - stream: edge
  naming:
    suffix: okd-scos.ec
  promotion:
    requires: [contents]
    approvals:
      minimum: 2
      approvers: [ann, ben, cleo]
`;

/** A small repository without a mistake. */
export const goodFiles: Readonly<Record<string, string>> = {
  [taskPath]: task,
  [pipelinePath]: pipeline,
  "streams/edge.yaml": stream,
  "streams/channels/next/channel.yaml": channel,
};

export function fileOf(path: string, text: string): RepositoryFile {
  const content = new TextEncoder().encode(text);
  return { path, mode: "file", size: content.length, content };
}

export function repositoryOf(files: Readonly<Record<string, string>>): StreamsRepository {
  const list = Object.entries(files).map(([path, text]) => fileOf(path, text));
  return validateRepository(list, { now });
}

/** The good files with one text replaced in one of them; fails where the text is not there. */
export function withChange(path: string, from: string | RegExp, to: string) {
  const text = goodFiles[path] ?? "";
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`${String(from)} is not in ${path}`);
  return { ...goodFiles, [path]: changed };
}
