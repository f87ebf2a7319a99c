const task = `apiVersion: tekton.dev/v1
kind: Task
metadata:
  name: make-image
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
            value: tekton/tasks/make-image.yaml
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

const verification = `apiVersion: tekton.dev/v1
kind: Pipeline
metadata:
  name: verify
spec:
  params:
    - name: digest
  tasks:
    - name: inspect
      params:
        - name: digest
          value: $(params.digest)
      taskSpec:
        params:
          - name: digest
        steps:
          - name: inspect
            image: busybox:1.36
            script: echo $(params.digest)
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
        path: tekton/pipelines/verify.yaml
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

/** A small repository without a mistake, which the examples of rules are laid over. */
export const exampleRepository: Readonly<Record<string, string>> = {
  "tekton/tasks/make-image.yaml": task,
  "tekton/pipelines/build.yaml": pipeline,
  "tekton/pipelines/verify.yaml": verification,
  "streams/edge.yaml": stream,
  "streams/channels/next/channel.yaml": channel,
};

const step = "    - image: quay.io/example/tools:1\n";

/** What an example of one file is laid over, by its kind. */
export const exampleObjects = {
  stream: { path: "streams/edge.yaml", text: stream },
  channel: { path: "streams/channels/next/channel.yaml", text: channel },
  settings: {
    path: ".github/okd-streams.yml",
    text: "apiVersion: streams.okd.io/v1alpha1\nkind: StreamsSettings\n",
  },
  pipeline: {
    path: "tekton/example.yaml",
    text: tektonObject(
      "Pipeline",
      "  tasks:\n    - name: build\n      taskRef:\n        name: build\n",
    ),
  },
  task: { path: "tekton/example.yaml", text: tektonObject("Task", `  steps:\n${step}`) },
  stepAction: {
    path: "tekton/example.yaml",
    text: tektonObject("StepAction", "  image: quay.io/example/tools:1\n"),
  },
  pipelineRun: {
    path: "tekton/example.yaml",
    text: tektonObject("PipelineRun", "  pipelineRef:\n    name: example\n"),
  },
  taskRun: {
    path: "tekton/example.yaml",
    text: tektonObject("TaskRun", "  taskRef:\n    name: example\n"),
  },
} as const;

function tektonObject(kind: string, spec: string): string {
  return `apiVersion: tekton.dev/v1\nkind: ${kind}\nmetadata:\n  name: example\nspec:\n${spec}`;
}
