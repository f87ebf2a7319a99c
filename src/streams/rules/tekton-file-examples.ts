/** Small files that the examples of rules across files are made of. */

/** A pipeline with one task, which runs `command` and is given the stage or takes its own default. */
export function layerPipeline(command = "make layer", givesStage = true): string {
  return `apiVersion: tekton.dev/v1
kind: Pipeline
metadata:
  name: layer
spec:
  params:
    - name: version
    - name: branch
      default: main
    - name: stage
      default: next
  workspaces:
    - name: source
      optional: true
  tasks:
    - name: layer
      params:
        - name: version
          value: $(params.version)
${givesStage ? "        - name: stage\n          value: $(params.stage)\n" : ""}      taskSpec:
        params:
          - name: version
          - name: stage
            default: next
        steps:
          - name: layer
            image: quay.io/example/tools:1
            script: ${command}
            args: ["$(params.branch)"]
`;
}

/** A run of that pipeline with params, and a workspace where one is given. */
export function layerRun(
  name: string,
  params: Readonly<Record<string, string>>,
  workspace = "",
): string {
  const given = Object.entries(params).map(
    ([param, value]) => `    - name: ${param}\n      value: "${value}"\n`,
  );
  return `apiVersion: tekton.dev/v1
kind: PipelineRun
metadata:
  name: ${name}
spec:
  pipelineRef:
    name: layer
  params:
${given.join("")}${workspace}`;
}

/** A Task of a folder. */
export function packTask(name: string): string {
  return `apiVersion: tekton.dev/v1
kind: Task
metadata:
  name: ${name}
spec:
  steps:
    - name: pack
      image: quay.io/example/tools:1
      script: make pack
`;
}

/** A TriggerTemplate that makes a run of the pipeline `layer`; `declared` and `used` are names of its params. */
export function layerTemplate(declared: readonly string[], used: readonly string[]): string {
  return `apiVersion: triggers.tekton.dev/v1beta1
kind: TriggerTemplate
metadata:
  name: layer
spec:
  params:
${declared.map((name) => `    - name: ${name}\n`).join("")}  resourcetemplates:
    - apiVersion: tekton.dev/v1
      kind: PipelineRun
      metadata:
        generateName: layer-
      spec:
        pipelineRef:
          name: layer
        params:
${used.map((name) => `          - name: ${name.replace(/ .*/, "")}\n            value: $(tt.params.${name})\n`).join("")}`;
}

/** A TriggerBinding that reads fields of the request's body. */
export function layerBinding(...fields: readonly string[]): string {
  return `apiVersion: triggers.tekton.dev/v1beta1
kind: TriggerBinding
metadata:
  name: layer
spec:
  params:
${fields.map((name) => `    - name: ${name}\n      value: $(body.${name})\n`).join("")}`;
}

/** An EventListener with a trigger of the template and the binding `layer`. */
export function layerListener(binding = "layer", interceptor = "github"): string {
  const proof = `      interceptors:
        - ref:
            name: github
          params:
            - name: secretRef
              value:
                secretName: webhook
                secretKey: secret
`;
  return `apiVersion: triggers.tekton.dev/v1beta1
kind: EventListener
metadata:
  name: layers
spec:
  triggers:
    - name: layer
${interceptor === "github" ? proof : ""}      bindings:
        - ref: ${binding}
      template:
        ref: layer
`;
}

/** A CronJob that posts a body to that listener. */
export function layerPost(body: string): string {
  return `apiVersion: batch/v1
kind: CronJob
metadata:
  name: layer
spec:
  schedule: 30 6 * * *
  jobTemplate:
    spec:
      template:
        spec:
          containers:
            - name: post
              image: curlimages/curl:8.10.1
              args:
                - -d
                - '${body}'
                - http://el-layers.builds.svc.cluster.local:8080
`;
}

/** A persistent volume in a folder of one machine. */
export function localVolume(name: string, path: string): string {
  return `apiVersion: v1
kind: PersistentVolume
metadata:
  name: ${name}
spec:
  local:
    path: ${path}
`;
}

/** A run that gives a value as it is written. */
export function runOf(value: string): string {
  return `apiVersion: tekton.dev/v1
kind: PipelineRun
metadata:
  name: layer-1
spec:
  pipelineRef:
    name: on-cluster
  params:
    - name: version
      value: ${value}
`;
}
