import type { TektonPipelineRuleId } from "../../tekton/faults/tekton-fault.ts";
import { error, warning } from "./rule.ts";
import type { Rule } from "./rule.ts";

const refused = "Tekton refuses it when the build starts, after the merge.";

/** Rules of Pipelines, PipelineRuns and TaskRuns by themselves. */
export const tektonPipelineRules = {
  "tekton-reference": {
    ...error,
    what: "A task or a run does not say in one way what it runs: by name, by a resolver with params, or by a spec.",
    why: refused,
    mend: "Keep one of the ways; add the `name`, or the `resolver` with its `params`.",
    example: {
      of: "pipeline",
      wrong:
        "spec:\n  tasks:\n    - name: build\n      taskRef:\n        name: build\n        resolver: git\n",
      right: "spec:\n  tasks:\n    - name: build\n      taskRef:\n        name: build\n",
    },
  },
  "tekton-timeout": {
    ...error,
    what: "A timeout is no duration, or longer than the run that it is a part of.",
    why: refused,
    mend: "Write numbers with units, such as `1h30m`; `tasks` and `finally` together must fit into `pipeline`.",
    example: {
      of: "pipelineRun",
      wrong: "spec:\n  timeouts:\n    pipeline: 2h\n    tasks: 2h\n    finally: 10m\n",
      right: "spec:\n  timeouts:\n    pipeline: 2h10m\n    tasks: 2h\n    finally: 10m\n",
    },
  },
  "timeout-unreachable": {
    ...warning,
    what: "A task may take longer than the run that embeds it.",
    why: "The run ends first, so the task's own timeout is without effect.",
    mend: "Shorten the task's timeout, or give the run more time under `timeouts`.",
    example: {
      of: "pipelineRun",
      wrong:
        "spec:\n  timeouts:\n    pipeline: 1h\n  pipelineRef: null\n  pipelineSpec:\n    tasks:\n      - name: build\n        timeout: 4h\n        taskRef:\n          name: build\n",
      right:
        "spec:\n  timeouts:\n    pipeline: 4h\n  pipelineRef: null\n  pipelineSpec:\n    tasks:\n      - name: build\n        timeout: 4h\n        taskRef:\n          name: build\n",
    },
  },
  "pipeline-cycle": {
    ...error,
    what: "Tasks of a pipeline wait for each other.",
    why: refused,
    mend: "Remove one `runAfter` or one use of a result from the circle.",
    example: {
      of: "pipeline",
      wrong:
        "spec:\n  tasks:\n    - name: build\n      runAfter: [test]\n      taskRef:\n        name: build\n    - name: test\n      runAfter: [build]\n      taskRef:\n        name: test\n",
      right:
        "spec:\n  tasks:\n    - name: build\n      taskRef:\n        name: build\n    - name: test\n      runAfter: [build]\n      taskRef:\n        name: test\n",
    },
  },
  "pipeline-task-unknown": {
    ...error,
    what: "`runAfter`, or a variable such as `$(tasks.NAME.results.RESULT)`, names a task that the pipeline does not have.",
    why: refused,
    mend: "Correct the name, or add the task.",
    example: {
      of: "pipeline",
      wrong:
        "spec:\n  tasks:\n    - name: build\n      taskRef:\n        name: build\n    - name: test\n      runAfter: [biuld]\n      taskRef:\n        name: test\n",
      right:
        "spec:\n  tasks:\n    - name: build\n      taskRef:\n        name: build\n    - name: test\n      runAfter: [build]\n      taskRef:\n        name: test\n",
    },
  },
  "pipeline-finally": {
    ...error,
    what: "A task waits for one of `finally`, or one of `finally` has `runAfter`.",
    why: "The tasks of `finally` run all at once, when everything else has ended. Tekton refuses an order among them.",
    mend: "Move the task to `tasks`, or do both in one task.",
    example: {
      of: "pipeline",
      wrong:
        "spec:\n  tasks:\n    - name: build\n      taskRef:\n        name: build\n  finally:\n    - name: report\n      runAfter: [build]\n      taskRef:\n        name: report\n",
      right:
        "spec:\n  tasks:\n    - name: build\n      taskRef:\n        name: build\n  finally:\n    - name: report\n      taskRef:\n        name: report\n",
    },
  },
  "pipeline-matrix": {
    ...error,
    what: "A matrix has too many combinations, gives a parameter twice or in the wrong type, or its results are used one by one.",
    why: refused,
    mend: "Give lists under `matrix.params` and strings under `include`, and take results with `[*]`.",
    example: {
      of: "pipeline",
      wrong:
        "spec:\n  tasks:\n    - name: build\n      matrix:\n        params:\n          - name: arch\n            value: amd64\n      taskRef:\n        name: build\n",
      right:
        "spec:\n  tasks:\n    - name: build\n      matrix:\n        params:\n          - name: arch\n            value: [amd64, arm64]\n      taskRef:\n        name: build\n",
    },
  },
  "pipeline-when": {
    ...error,
    what: "A `when` expression lacks its operator or values, or mixes them with `cel`.",
    why: refused,
    mend: "Write `input`, `operator` and `values`, or `cel` alone with its variables in quotes.",
    example: {
      of: "pipeline",
      wrong:
        "spec:\n  tasks:\n    - name: build\n      when:\n        - input: a\n          operator: in\n          values: []\n      taskRef:\n        name: build\n",
      right:
        "spec:\n  tasks:\n    - name: build\n      when:\n        - input: a\n          operator: in\n          values: [a]\n      taskRef:\n        name: build\n",
    },
  },
  "pipeline-retries": {
    ...error,
    what: "A task has `retries` and `onError: continue`.",
    why: refused,
    mend: "Remove one of the two.",
    example: {
      of: "pipeline",
      wrong:
        "spec:\n  tasks:\n    - name: build\n      retries: 2\n      onError: continue\n      taskRef:\n        name: build\n",
      right:
        "spec:\n  tasks:\n    - name: build\n      retries: 2\n      taskRef:\n        name: build\n",
    },
  },
  "pipeline-result": {
    ...error,
    what: "A result of a pipeline is made of something else than results of its tasks, or of another type than it declares.",
    why: "Tekton refuses it, or the run ends without the result.",
    mend: "Write `$(tasks.NAME.results.RESULT)`, and `[*]` after it for a whole array or object.",
    example: {
      of: "pipeline",
      wrong: "spec:\n  results:\n    - name: release\n      value: $(params.release)\n",
      right:
        "spec:\n  results:\n    - name: release\n      value: $(tasks.build.results.release)\n",
    },
  },
  "task-result-unknown": {
    ...error,
    what: "A pipeline uses a result that the task's own `taskSpec` does not declare.",
    why: "The run fails when it comes to the task that needs it.",
    mend: "Correct the name, or declare the result in the task.",
    example: {
      of: "pipeline",
      wrong:
        "spec:\n  tasks:\n    - name: build\n      taskSpec:\n        results:\n          - name: digest\n        steps:\n          - name: build\n            image: quay.io/example/tools:1\n    - name: push\n      params:\n        - name: digest\n          value: $(tasks.build.results.digets)\n      taskRef:\n        name: push\n",
      right:
        "spec:\n  tasks:\n    - name: build\n      taskSpec:\n        results:\n          - name: digest\n        steps:\n          - name: build\n            image: quay.io/example/tools:1\n    - name: push\n      params:\n        - name: digest\n          value: $(tasks.build.results.digest)\n      taskRef:\n        name: push\n",
    },
  },
  "workspace-undeclared": {
    ...error,
    what: "A task is given a workspace that the pipeline does not declare.",
    why: refused,
    mend: "Correct the name, or declare the workspace in the pipeline.",
    example: {
      of: "pipeline",
      wrong:
        "spec:\n  workspaces:\n    - name: source\n  tasks:\n    - name: build\n      workspaces:\n        - name: source\n          workspace: sources\n      taskRef:\n        name: build\n",
      right:
        "spec:\n  workspaces:\n    - name: source\n  tasks:\n    - name: build\n      workspaces:\n        - name: source\n          workspace: source\n      taskRef:\n        name: build\n",
    },
  },
  "run-workspace": {
    ...error,
    what: "A workspace of a run is bound to no volume or to several, or one that its spec needs is not bound.",
    why: "Tekton refuses the run, or fails it at its start.",
    mend: "Bind each workspace to exactly one volume.",
    example: {
      of: "pipelineRun",
      wrong: "spec:\n  workspaces:\n    - name: source\n",
      right: "spec:\n  workspaces:\n    - name: source\n      emptyDir: {}\n",
    },
  },
  "run-task-unknown": {
    ...error,
    what: "`taskRunSpecs` of a run names a task that its pipeline does not have.",
    why: "Tekton fails the run at its start.",
    mend: "Correct the name, or remove the entry.",
    example: {
      of: "pipelineRun",
      wrong:
        "spec:\n  pipelineRef: null\n  pipelineSpec:\n    tasks:\n      - name: build\n        taskRef:\n          name: build\n  taskRunSpecs:\n    - pipelineTaskName: biuld\n      serviceAccountName: builder\n",
      right:
        "spec:\n  pipelineRef: null\n  pipelineSpec:\n    tasks:\n      - name: build\n        taskRef:\n          name: build\n  taskRunSpecs:\n    - pipelineTaskName: build\n      serviceAccountName: builder\n",
    },
  },
  "run-param-unknown": {
    ...warning,
    what: "A run gives a parameter that its pipeline or task does not declare.",
    why: "Tekton ignores it, so the run silently uses something else.",
    mend: "Correct the name, or remove it.",
    example: {
      of: "taskRun",
      wrong:
        "spec:\n  taskRef: null\n  params:\n    - name: brnach\n      value: main\n  taskSpec:\n    params:\n      - name: branch\n        default: next\n    steps:\n      - name: build\n        image: quay.io/example/tools:1\n",
      right:
        "spec:\n  taskRef: null\n  params:\n    - name: branch\n      value: main\n  taskSpec:\n    params:\n      - name: branch\n        default: next\n    steps:\n      - name: build\n        image: quay.io/example/tools:1\n",
    },
  },
  "run-param-missing": {
    ...error,
    what: "A run does not give a parameter that its pipeline or task declares without a default.",
    why: "Tekton fails the run at its start.",
    mend: "Add it under `params`.",
    example: {
      of: "taskRun",
      wrong:
        "spec:\n  taskRef: null\n  taskSpec:\n    params:\n      - name: branch\n    steps:\n      - name: build\n        image: quay.io/example/tools:1\n",
      right:
        "spec:\n  taskRef: null\n  params:\n    - name: branch\n      value: main\n  taskSpec:\n    params:\n      - name: branch\n    steps:\n      - name: build\n        image: quay.io/example/tools:1\n",
    },
  },
  "run-param-value": {
    ...error,
    what: "A run gives a parameter a value of another type than its pipeline or task declares, or none that it allows.",
    why: "Tekton fails the run at its start.",
    mend: "Write a value of the declared type, with all keys of an object, or one of the allowed values.",
    example: {
      of: "taskRun",
      wrong:
        "spec:\n  taskRef: null\n  params:\n    - name: branches\n      value: main\n  taskSpec:\n    params:\n      - name: branches\n        type: array\n    steps:\n      - name: build\n        image: quay.io/example/tools:1\n",
      right:
        "spec:\n  taskRef: null\n  params:\n    - name: branches\n      value: [main]\n  taskSpec:\n    params:\n      - name: branches\n        type: array\n    steps:\n      - name: build\n        image: quay.io/example/tools:1\n",
    },
  },
} as const satisfies Record<TektonPipelineRuleId, Rule>;
