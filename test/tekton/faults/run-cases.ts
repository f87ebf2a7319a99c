import type { Case } from "./faults-of.ts";

export const wrongPipelineRuns: readonly Case[] = [
  [
    "a run that says nothing it runs",
    `
params: [{name: a, value: x}]`,
    "tekton-reference 5:1 key of spec",
  ],
  [
    "a run that says twice what it runs",
    `
pipelineRef: {name: build}
pipelineSpec:
  tasks: [{name: build, taskRef: {name: build}}]`,
    "tekton-reference 7:3 key of spec.pipelineSpec",
  ],
  [
    "a pipelineRef without a name",
    `
pipelineRef: {apiVersion: tekton.dev/v1}`,
    "tekton-reference 6:3 key of spec.pipelineRef",
  ],
  [
    "a name beside the resolver of a pipelineRef",
    `
pipelineRef: {resolver: git, name: build, params: [{name: url, value: x}]}`,
    "tekton-reference 6:32 key of spec.pipelineRef.name",
  ],
  [
    "a param given twice",
    `
pipelineRef: {name: build}
params: [{name: a, value: x}, {name: a, value: y}]`,
    "tekton-duplicate 7:40 value of spec.params[1].name",
  ],
  [
    "a param given twice in other letters",
    `
pipelineRef: {name: build}
params: [{name: a, value: x}, {name: A, value: y}]`,
    "tekton-duplicate 7:40 value of spec.params[1].name",
  ],
  [
    "a result of a task as a param of the run",
    `
pipelineRef: {name: build}
params: [{name: a, value: $(tasks.build.results.x)}]`,
    "variable-misplaced 7:29 value of spec.params[0].value",
  ],
  [
    "a workspace bound twice",
    `
pipelineRef: {name: build}
workspaces: [{name: a, emptyDir: {}}, {name: a, emptyDir: {}}]`,
    "tekton-duplicate 7:48 value of spec.workspaces[1].name",
  ],
  [
    "a workspace without a volume",
    `
pipelineRef: {name: build}
workspaces: [{name: a, subPath: x}]`,
    "run-workspace 7:23 value of spec.workspaces[0].name",
  ],
  [
    "a workspace with two volumes",
    `
pipelineRef: {name: build}
workspaces: [{name: a, emptyDir: {}, persistentVolumeClaim: {claimName: x}}]`,
    "run-workspace 7:40 key of spec.workspaces[0].persistentVolumeClaim",
  ],
  [
    "a workspace of the embedded pipeline that is not bound",
    `
workspaces: [{name: a, emptyDir: {}}]
pipelineSpec:
  workspaces: [{name: a}, {name: b}, {name: c, optional: true}]
  tasks: [{name: build, taskRef: {name: build}}]`,
    "run-workspace 6:3 key of spec.workspaces",
  ],
  [
    "timeouts that do not fit together",
    `
pipelineRef: {name: build}
timeouts: {pipeline: 1h, tasks: 50m, finally: 20m}`,
    "tekton-timeout 7:49 value of spec.timeouts.finally",
  ],
  [
    "tasks longer than the pipeline",
    `
pipelineRef: {name: build}
timeouts: {pipeline: 1h, tasks: 2h}`,
    "tekton-timeout 7:35 value of spec.timeouts.tasks",
  ],
  [
    "finally longer than the pipeline",
    `
pipelineRef: {name: build}
timeouts: {pipeline: 1h, finally: 2h}`,
    "tekton-timeout 7:37 value of spec.timeouts.finally",
  ],
  [
    "tasks longer than the default of a pipeline",
    `
pipelineRef: {name: build}
timeouts: {tasks: 2h}`,
    "tekton-timeout 7:21 value of spec.timeouts.tasks",
  ],
  [
    "tasks without a limit in a pipeline with one",
    `
pipelineRef: {name: build}
timeouts: {pipeline: 2h, tasks: "0"}`,
    "tekton-timeout 7:35 value of spec.timeouts.tasks",
  ],
  [
    "tasks and finally in a pipeline without a limit",
    `
pipelineRef: {name: build}
timeouts: {pipeline: "0", tasks: 1h, finally: 1h}`,
    "tekton-timeout 7:49 value of spec.timeouts.finally",
  ],
  [
    "a timeout that is no duration",
    `
pipelineRef: {name: build}
timeouts: {pipeline: 1d}`,
    "tekton-timeout 7:24 value of spec.timeouts.pipeline",
  ],
  [
    "a task longer than the run that embeds it",
    `
timeouts: {pipeline: 2h}
pipelineSpec:
  tasks: [{name: build, timeout: 3h, taskRef: {name: build}}]`,
    "timeout-unreachable 8:36 value of spec.pipelineSpec.tasks[0].timeout",
  ],
  [
    "a task longer than the default of the run that embeds it",
    `
pipelineSpec:
  tasks: [{name: build, timeout: 3h, taskRef: {name: build}}]`,
    "timeout-unreachable 7:36 value of spec.pipelineSpec.tasks[0].timeout",
  ],
  [
    "a taskRunSpec longer than the run",
    `
pipelineRef: {name: build}
timeouts: {pipeline: 2h}
taskRunSpecs: [{pipelineTaskName: build, timeout: 3h}]`,
    "tekton-timeout 8:53 value of spec.taskRunSpecs[0].timeout",
  ],
  [
    "a taskRunSpec of a task that does not exist",
    `
pipelineSpec:
  tasks: [{name: build, taskRef: {name: build}}]
taskRunSpecs: [{pipelineTaskName: biuld, serviceAccountName: x}]`,
    "run-task-unknown 8:37 value of spec.taskRunSpecs[0].pipelineTaskName",
  ],
  [
    "two taskRunSpecs of one task",
    `
pipelineRef: {name: build}
taskRunSpecs: [{pipelineTaskName: build}, {pipelineTaskName: build}]`,
    "tekton-duplicate 7:64 value of spec.taskRunSpecs[1].pipelineTaskName",
  ],
  [
    "a taskRunSpec of no task",
    `
pipelineRef: {name: build}
taskRunSpecs: [{serviceAccountName: a}, {serviceAccountName: b}]`,
    "run-task-unknown 7:18 value of spec.taskRunSpecs[0]",
    "run-task-unknown 7:43 value of spec.taskRunSpecs[1]",
  ],
  [
    "a param that nothing uses",
    `
params: [{name: brnach, value: x}]
pipelineSpec:
  params: [{name: branch, default: main}]
  tasks: [{name: build, params: [{name: b, value: $(params.branch)}], taskRef: {name: build}}]`,
    "run-param-unknown 6:19 value of spec.params[0].name",
  ],
  [
    "a param that is missing",
    `
pipelineSpec:
  params: [{name: branch}]
  tasks: [{name: build, params: [{name: b, value: $(params.branch)}], taskRef: {name: build}}]`,
    "run-param-missing 5:1 key of spec",
  ],
  [
    "a misspelt param that is missing too",
    `
params: [{name: brnach, value: x}]
pipelineSpec:
  params: [{name: branch}]
  tasks: [{name: build, params: [{name: b, value: $(params.branch)}], taskRef: {name: build}}]`,
    "run-param-unknown 6:19 value of spec.params[0].name",
  ],
  [
    "a param of the wrong type",
    `
params: [{name: args, value: x}]
pipelineSpec:
  params: [{name: args, type: array}]
  tasks: [{name: build, params: [{name: b, value: "$(params.args[*])"}], taskRef: {name: build}}]`,
    "run-param-value 6:32 value of spec.params[0].value",
  ],
  [
    "an object param without a key",
    `
params: [{name: image, value: {url: x}}]
pipelineSpec:
  params: [{name: image, type: object, properties: {url: {}, digest: {}}}]
  tasks: [{name: build, params: [{name: b, value: "$(params.image.url)"}], taskRef: {name: build}}]`,
    "run-param-value 6:33 value of spec.params[0].value",
  ],
  [
    "a param that neither the run nor its pipeline has",
    `
params: [{name: a, value: x}]
pipelineSpec:
  tasks: [{name: build, params: [{name: b, value: $(params.c)}, {name: d, value: $(params.a)}], taskRef: {name: build}}]`,
    "variable-undeclared 8:53 value of spec.pipelineSpec.tasks[0].params[0].value",
  ],
  [
    "a workspace that neither the run nor its pipeline has",
    `
workspaces: [{name: a, emptyDir: {}}]
pipelineSpec:
  tasks: [{name: build, workspaces: [{name: b, workspace: c}], taskRef: {name: build}}]`,
    "workspace-undeclared 8:61 value of spec.pipelineSpec.tasks[0].workspaces[0].workspace",
  ],
  [
    "a circle in an embedded pipeline",
    `
pipelineSpec:
  tasks: [{name: build, runAfter: [build], taskRef: {name: build}}]`,
    "pipeline-cycle 7:20 value of spec.pipelineSpec.tasks[0].name",
  ],
];

export const rightPipelineRuns: readonly Case[] = [
  [
    "params and workspaces are handed on",
    `
params: [{name: branch, value: main}, {name: list, value: [a]}, {name: image, value: {url: x}}, {name: onlysteps, value: x}]
workspaces: [{name: source, emptyDir: {}}]
timeouts: {pipeline: 2h, tasks: 1h, finally: 1h}
status: PipelineRunPending
taskRunTemplate: {serviceAccountName: x}
taskRunSpecs: [{pipelineTaskName: build, timeout: 50m, metadata: {labels: {a: b}}}]
pipelineSpec:
  params: [{name: branch}]
  tasks:
    - name: build
      timeout: 1h
      workspaces: [{name: w, workspace: source}]
      params: [{name: a, value: $(params.branch)}, {name: b, value: "$(params.list[*])"}, {name: c, value: $(params.image.url)}]
      taskRef: {name: build}
    - name: inline
      params: [{name: given, value: x}]
      taskSpec:
        steps: [{name: a, image: a, script: "echo $(params.onlysteps) $(params.given) $(workspaces.source.path)"}]
  finally:
    - name: tell
      timeout: 50m
      taskRef: {name: tell}`,
  ],
  [
    "by a resolver",
    `
pipelineRef: {resolver: git, params: [{name: url, value: x}]}
timeouts: {pipeline: "0", tasks: 2h}`,
  ],
  [
    "timeouts without limits",
    `
pipelineRef: {name: build}
timeouts: {pipeline: "0", tasks: "0", finally: "0"}`,
  ],
];

export const taskRuns: readonly Case[] = [
  [
    "a run that says nothing it runs",
    `
params: [{name: a, value: x}]`,
    "tekton-reference 5:1 key of spec",
  ],
  [
    "a run that says twice what it runs",
    `
taskRef: {name: build}
taskSpec:
  steps: [{name: a, image: a}]`,
    "tekton-reference 7:3 key of spec.taskSpec",
  ],
  [
    "a taskRef without a name",
    `
taskRef: {kind: Task}`,
    "tekton-reference 6:3 key of spec.taskRef",
  ],
  [
    "a param given twice",
    `
taskRef: {name: build}
params: [{name: a, value: x}, {name: A, value: y}]`,
    "tekton-duplicate 7:40 value of spec.params[1].name",
  ],
  [
    "a workspace bound twice",
    `
taskRef: {name: build}
workspaces: [{name: a, emptyDir: {}}, {name: A, emptyDir: {}}]`,
    "tekton-duplicate 7:48 value of spec.workspaces[1].name",
  ],
  [
    "a workspace without a volume",
    `
taskRef: {name: build}
workspaces: [{name: a}]`,
    "run-workspace 7:23 value of spec.workspaces[0].name",
  ],
  [
    "a workspace of the embedded task that is not bound",
    `
taskSpec:
  workspaces: [{name: source}]
  steps: [{name: a, image: a}]`,
    "run-workspace 5:1 key of spec",
  ],
  [
    "a timeout that is no duration",
    `
taskRef: {name: build}
timeout: an hour`,
    "tekton-timeout 7:12 value of spec.timeout",
  ],
  [
    "a message about no status",
    `
taskRef: {name: build}
statusMessage: stop`,
    "tekton-invalid 7:3 key of spec.statusMessage",
  ],
  [
    "a param that nothing uses",
    `
params: [{name: a, value: x}]
taskSpec:
  steps: [{name: a, image: a}]`,
    "run-param-unknown 6:19 value of spec.params[0].name",
  ],
  [
    "a param of the wrong type",
    `
params: [{name: a, value: [x]}]
taskSpec:
  params: [{name: a}]
  steps: [{name: a, image: a, args: [$(params.a)]}]`,
    "run-param-value 6:29 value of spec.params[0].value",
  ],
  [
    "a param that is missing",
    `
taskSpec:
  params: [{name: a}]
  steps: [{name: a, image: a, args: [$(params.a)]}]`,
    "run-param-missing 5:1 key of spec",
  ],
  [
    "a param that its steps use and nobody declares",
    `
params: [{name: a, value: x}]
taskSpec:
  steps: [{name: a, image: a, args: [$(params.a), $(params.b)]}]`,
    "variable-undeclared 8:53 value of spec.taskSpec.steps[0].args[1]",
  ],
  [
    "a param that is none of those allowed",
    `
params: [{name: a, value: x}]
taskSpec:
  params: [{name: a, enum: [b, c]}]
  steps: [{name: a, image: a, args: [$(params.a)]}]`,
    "run-param-value 6:29 value of spec.params[0].value",
  ],
  [
    "good",
    `
params: [{name: a, value: x}]
workspaces: [{name: w, emptyDir: {}}]
status: TaskRunCancelled
statusMessage: stop
timeout: 0s
taskSpec:
  steps: [{name: a, image: a, args: [$(params.a), $(workspaces.w.path)]}]`,
  ],
];
