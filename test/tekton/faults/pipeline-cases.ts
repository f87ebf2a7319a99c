import type { Case } from "./faults-of.ts";

export const wrongPipelines: readonly Case[] = [
  [
    "a task waits for one that does not exist",
    `
tasks:
  - name: build
    taskRef: {name: build}
  - name: test
    runAfter: [build, biuld]
    taskRef: {name: test}`,
    "pipeline-task-unknown 10:25 value of spec.tasks[1].runAfter[1]",
  ],
  [
    "a task waits for itself",
    `
tasks:
  - name: build
    runAfter: [build]
    taskRef: {name: build}`,
    "pipeline-cycle 7:13 value of spec.tasks[0].name",
  ],
  [
    "two tasks wait for each other, one by a result",
    `
tasks:
  - name: build
    runAfter: [test]
    taskRef: {name: build}
  - name: test
    params: [{name: digest, value: $(tasks.build.results.digest)}]
    taskRef: {name: test}`,
    "pipeline-cycle 7:13 value of spec.tasks[0].name",
  ],
  [
    "a circle through the steps of an inline task",
    `
tasks:
  - name: build
    taskSpec:
      steps:
        - name: build
          image: a
          args: [$(tasks.test.results.x)]
  - name: test
    runAfter: [build]
    taskRef: {name: test}`,
    "pipeline-cycle 7:13 value of spec.tasks[0].name",
  ],
  [
    "a result of a task that does not exist",
    `
tasks:
  - name: build
    taskRef: {name: build}
  - name: test
    params: [{name: digest, value: "docker://$(tasks.biuld.results.digest)"}]
    taskRef: {name: test}`,
    "pipeline-task-unknown 10:38 value of spec.tasks[1].params[0].value",
  ],
  [
    "a result of a missing task in `when`",
    `
tasks:
  - name: test
    when: [{input: $(tasks.check.results.go), operator: in, values: ["yes"]}]
    taskRef: {name: test}`,
    "pipeline-task-unknown 8:22 value of spec.tasks[0].when[0].input",
  ],
  [
    "a result of a missing task in the steps of an inline task",
    `
tasks:
  - name: test
    taskSpec:
      steps:
        - name: test
          image: a
          script: |
            echo hello
            echo $(tasks.gone.results.x)`,
    "pipeline-task-unknown 12:21 value of spec.tasks[0].taskSpec.steps[0].script",
  ],
  [
    "two tasks of one name, one of them in `finally`",
    `
tasks:
  - name: build
    taskRef: {name: build}
finally:
  - name: build
    taskRef: {name: build}`,
    "tekton-duplicate 10:13 value of spec.finally[0].name",
  ],
  [
    "a task that says nothing it runs",
    `
tasks:
  - name: build`,
    "tekton-reference 7:13 value of spec.tasks[0].name",
  ],
  [
    "a task that says twice what it runs",
    `
tasks:
  - name: build
    taskRef: {name: build}
    taskSpec:
      steps: [{name: a, image: a}]`,
    "tekton-reference 9:7 key of spec.tasks[0].taskSpec",
  ],
  [
    "a taskRef without a name",
    `
tasks:
  - name: build
    taskRef: {kind: Task}`,
    "tekton-reference 8:7 key of spec.tasks[0].taskRef",
  ],
  [
    "a name beside a resolver",
    `
tasks:
  - name: build
    taskRef: {resolver: git, name: build}`,
    "tekton-reference 8:32 key of spec.tasks[0].taskRef.name",
  ],
  [
    "params without a resolver",
    `
tasks:
  - name: build
    taskRef: {params: [{name: url, value: x}]}`,
    "tekton-reference 8:17 key of spec.tasks[0].taskRef.params",
  ],
  [
    "a name beside params of a resolver",
    `
tasks:
  - name: build
    taskRef: {resolver: git, name: "https://example.com", params: [{name: url, value: x}]}`,
    "tekton-reference 8:32 key of spec.tasks[0].taskRef.name",
  ],
  [
    "a name that no object can have",
    `
tasks:
  - name: build
    taskRef: {name: "build task"}`,
    "tekton-reference 8:23 value of spec.tasks[0].taskRef.name",
  ],
  [
    "a ClusterTask",
    `
tasks:
  - name: build
    taskRef: {name: build, kind: ClusterTask}`,
    "tekton-gone 8:36 value of spec.tasks[0].taskRef.kind",
  ],
  [
    "an apiVersion of Tekton's own",
    `
tasks:
  - name: build
    taskRef: {apiVersion: tekton.dev/v1, kind: Task, name: build}`,
    "tekton-reference 8:17 key of spec.tasks[0].taskRef.apiVersion",
  ],
  [
    "a custom task without its apiVersion",
    `
tasks:
  - name: wait
    taskRef: {kind: Wait, name: wait}`,
    "tekton-reference 8:23 value of spec.tasks[0].taskRef.kind",
  ],
  [
    "a custom task without its kind",
    `
tasks:
  - name: wait
    taskRef: {apiVersion: example.com/v1, name: wait}`,
  ],
  [
    "a custom task with an apiVersion that has no group",
    `
tasks:
  - name: wait
    taskRef: {apiVersion: v1, kind: Wait, name: wait}`,
    "tekton-reference 8:29 value of spec.tasks[0].taskRef.apiVersion",
  ],
  [
    "params given twice to a resolver",
    `
tasks:
  - name: build
    taskRef: {resolver: git, params: [{name: url, value: x}, {name: url, value: y}]}`,
    "tekton-duplicate 8:71 value of spec.tasks[0].taskRef.params[1].name",
  ],
  [
    "a param given twice",
    `
tasks:
  - name: build
    params: [{name: a, value: x}, {name: a, value: y}]
    taskRef: {name: build}`,
    "tekton-duplicate 8:44 value of spec.tasks[0].params[1].name",
  ],
  [
    "a workspace bound twice",
    `
workspaces: [{name: source}]
tasks:
  - name: build
    workspaces: [{name: a, workspace: source}, {name: a, workspace: source}]
    taskRef: {name: build}`,
    "tekton-duplicate 9:57 value of spec.tasks[0].workspaces[1].name",
  ],
  [
    "params, workspaces and results declared twice",
    `
params: [{name: a}, {name: a}]
workspaces: [{name: w}, {name: w}]
tasks:
  - name: build
    taskRef: {name: build}
results:
  - {name: r, value: $(tasks.build.results.r)}
  - {name: r, value: $(tasks.build.results.r)}`,
    "tekton-duplicate 6:30 value of spec.params[1].name",
    "tekton-duplicate 7:34 value of spec.workspaces[1].name",
    "tekton-duplicate 13:14 value of spec.results[1].name",
  ],
  [
    "a param that is not declared",
    `
params: [{name: release}]
tasks:
  - name: build
    params: [{name: tag, value: "v$(params.relaese)"}]
    taskRef: {name: build}`,
    "variable-undeclared 9:35 value of spec.tasks[0].params[0].value",
  ],
  [
    "a param that is not declared, in brackets",
    `
tasks:
  - name: build
    params: [{name: tag, value: "$(params['release'])"}]
    taskRef: {name: build}`,
    "variable-undeclared 8:35 value of spec.tasks[0].params[0].value",
  ],
  [
    "a param that is not declared, in a list",
    `
tasks:
  - name: build
    params: [{name: tags, value: [a, $(params.release)]}]
    taskRef: {name: build}`,
    "variable-undeclared 8:40 value of spec.tasks[0].params[0].value[1]",
  ],
  [
    "a param that is not declared, in an object",
    `
tasks:
  - name: build
    params: [{name: image, value: {tag: $(params.release)}}]
    taskRef: {name: build}`,
    "variable-undeclared 8:43 value of spec.tasks[0].params[0].value.tag",
  ],
  [
    "a param that is not declared, in `when`",
    `
tasks:
  - name: build
    when: [{input: $(params.go), operator: in, values: [$(params.stay)]}]
    taskRef: {name: build}`,
    "variable-undeclared 8:22 value of spec.tasks[0].when[0].input",
    "variable-undeclared 8:59 value of spec.tasks[0].when[0].values[0]",
  ],
  [
    "a param that is not declared, in a matrix",
    `
tasks:
  - name: build
    matrix: {params: [{name: arch, value: [$(params.arch)]}], include: [{params: [{name: os, value: $(params.os)}]}]}
    taskRef: {name: build}`,
    "variable-undeclared 8:46 value of spec.tasks[0].matrix.params[0].value[0]",
    "variable-undeclared 8:103 value of spec.tasks[0].matrix.include[0].params[0].value",
  ],
  [
    "a param that is not declared, in the params of a resolver",
    `
tasks:
  - name: build
    taskRef: {resolver: git, params: [{name: revision, value: $(params.revison)}]}`,
    "variable-undeclared 8:65 value of spec.tasks[0].taskRef.params[0].value",
  ],
  [
    "a param that is not declared, in a subPath",
    `
workspaces: [{name: source}]
tasks:
  - name: build
    workspaces: [{name: source, subPath: $(params.dir)}]
    taskRef: {name: build}`,
    "variable-undeclared 9:44 value of spec.tasks[0].workspaces[0].subPath",
  ],
  [
    "a param that is not declared, in `finally`",
    `
tasks:
  - name: build
    taskRef: {name: build}
finally:
  - name: tell
    params: [{name: to, value: $(params.channel)}]
    taskRef: {name: tell}`,
    "variable-undeclared 11:34 value of spec.finally[0].params[0].value",
  ],
  [
    "a param whose name has dots",
    `
params: [{name: build.tag}]
tasks:
  - name: build
    params: [{name: tag, value: $(params.build.tag)}]
    taskRef: {name: build}`,
    "variable-undeclared 9:35 value of spec.tasks[0].params[0].value",
  ],
  [
    "a key of a string",
    `
params: [{name: tag}]
tasks:
  - name: build
    params: [{name: tag, value: $(params.tag.name)}]
    taskRef: {name: build}`,
    "variable-misplaced 9:35 value of spec.tasks[0].params[0].value",
  ],
  [
    "a key that an object does not have",
    `
params: [{name: image, type: object, properties: {url: {}, digest: {}}}]
tasks:
  - name: build
    params: [{name: tag, value: $(params.image.digets)}]
    taskRef: {name: build}`,
    "variable-misplaced 9:35 value of spec.tasks[0].params[0].value",
  ],
  [
    "an array inside a text",
    `
params: [{name: args, type: array}]
tasks:
  - name: build
    params: [{name: tag, value: "x $(params.args[*])"}]
    taskRef: {name: build}`,
    "variable-misplaced 9:35 value of spec.tasks[0].params[0].value",
  ],
  [
    "an array without its star",
    `
params: [{name: args, type: array}]
tasks:
  - name: build
    params: [{name: tag, value: $(params.args)}]
    taskRef: {name: build}`,
    "variable-misplaced 9:35 value of spec.tasks[0].params[0].value",
  ],
  [
    "an array as the input of `when`",
    `
params: [{name: args, type: array}]
tasks:
  - name: build
    when: [{input: "$(params.args[*])", operator: in, values: [a]}]
    taskRef: {name: build}`,
    "variable-misplaced 9:22 value of spec.tasks[0].when[0].input",
  ],
  [
    "a whole object inside a text",
    `
params: [{name: image, type: object, properties: {url: {}}}]
tasks:
  - name: build
    params: [{name: tag, value: "x$(params.image[*])"}]
    taskRef: {name: build}`,
    "variable-misplaced 9:35 value of spec.tasks[0].params[0].value",
  ],
  [
    "a whole object in a list",
    `
params: [{name: image, type: object, properties: {url: {}}}]
tasks:
  - name: build
    params: [{name: tag, value: ["$(params.image[*])"]}]
    taskRef: {name: build}`,
    "variable-misplaced 9:36 value of spec.tasks[0].params[0].value[0]",
  ],
  [
    "an index of a string",
    `
params: [{name: tag}]
tasks:
  - name: build
    params: [{name: tag, value: "$(params.tag[0])"}]
    taskRef: {name: build}`,
    "variable-misplaced 9:35 value of spec.tasks[0].params[0].value",
  ],
  [
    "a status before all tasks have ended",
    `
tasks:
  - name: build
    taskRef: {name: build}
  - name: tell
    params: [{name: status, value: $(tasks.build.status)}]
    taskRef: {name: tell}`,
    "variable-misplaced 10:38 value of spec.tasks[1].params[0].value",
  ],
  [
    "the status of all before all have ended",
    `
tasks:
  - name: tell
    when: [{input: $(tasks.status), operator: in, values: [Succeeded]}]
    taskRef: {name: tell}`,
    "variable-misplaced 8:22 value of spec.tasks[0].when[0].input",
  ],
  [
    "the reason of a task that does not exist",
    `
tasks:
  - name: build
    taskRef: {name: build}
finally:
  - name: tell
    params: [{name: reason, value: $(tasks.biuld.reason)}]
    taskRef: {name: tell}`,
    "pipeline-task-unknown 11:38 value of spec.finally[0].params[0].value",
  ],
  [
    "`runAfter` in `finally`",
    `
tasks:
  - name: build
    taskRef: {name: build}
finally:
  - name: tell
    runAfter: [build]
    taskRef: {name: tell}`,
    "pipeline-finally 11:7 key of spec.finally[0].runAfter",
  ],
  [
    "the result of one task of `finally` in another",
    `
tasks:
  - name: build
    taskRef: {name: build}
finally:
  - name: ask
    taskRef: {name: ask}
  - name: tell
    params: [{name: to, value: $(tasks.ask.results.name)}]
    taskRef: {name: tell}`,
    "pipeline-finally 13:34 value of spec.finally[1].params[0].value",
  ],
  [
    "the result of a task of `finally` in one that runs before",
    `
tasks:
  - name: build
    params: [{name: to, value: $(tasks.ask.results.name)}]
    taskRef: {name: build}
finally:
  - name: ask
    taskRef: {name: ask}`,
    "pipeline-finally 8:34 value of spec.tasks[0].params[0].value",
  ],
  [
    "a variable of `finally` in a task",
    `
tasks:
  - name: build
    params: [{name: to, value: $(finally.ask.results.name)}]
    taskRef: {name: build}
finally:
  - name: ask
    taskRef: {name: ask}`,
    "variable-misplaced 8:34 value of spec.tasks[0].params[0].value",
  ],
  [
    "a variable of a task that Tekton does not know",
    `
tasks:
  - name: build
    taskRef: {name: build}
  - name: test
    params: [{name: to, value: $(tasks.build.result.name)}]
    taskRef: {name: test}`,
    "variable-undeclared 10:34 value of spec.tasks[1].params[0].value",
  ],
  [
    "a variable with an unknown beginning",
    `
tasks:
  - name: build
    params: [{name: date, value: $(date)}]
    taskRef: {name: build}`,
    "variable-undeclared 8:36 value of spec.tasks[0].params[0].value",
  ],
  [
    "a variable of a trigger",
    `
tasks:
  - name: build
    params: [{name: date, value: $(tt.params.date)}]
    taskRef: {name: build}`,
    "variable-undeclared 8:36 value of spec.tasks[0].params[0].value",
  ],
  [
    "a context that does not exist",
    `
tasks:
  - name: build
    params: [{name: run, value: $(context.pipelineRun.nmae)}]
    taskRef: {name: build}`,
    "variable-undeclared 8:35 value of spec.tasks[0].params[0].value",
  ],
  [
    "a field that workspaces do not have",
    `
workspaces: [{name: source}]
tasks:
  - name: build
    params: [{name: dir, value: $(workspaces.source.dir)}]
    taskRef: {name: build}`,
    "variable-undeclared 9:35 value of spec.tasks[0].params[0].value",
  ],
  [
    "a result that an inline task does not declare",
    `
tasks:
  - name: build
    taskSpec:
      results: [{name: digest}]
      steps: [{name: a, image: a}]
  - name: test
    params: [{name: digest, value: $(tasks.build.results.digset)}]
    taskRef: {name: test}`,
    "task-result-unknown 12:38 value of spec.tasks[1].params[0].value",
  ],
  [
    "an array result inside a text",
    `
tasks:
  - name: build
    taskSpec:
      results: [{name: digests, type: array}]
      steps: [{name: a, image: a}]
  - name: test
    params: [{name: digest, value: "x-$(tasks.build.results.digests[*])"}]
    taskRef: {name: test}`,
    "variable-misplaced 12:38 value of spec.tasks[1].params[0].value",
  ],
  [
    "a key that an object result does not have",
    `
tasks:
  - name: build
    taskSpec:
      results: [{name: image, type: object, properties: {url: {}}}]
      steps: [{name: a, image: a}]
  - name: test
    params: [{name: digest, value: "$(tasks.build.results.image.ulr)"}]
    taskRef: {name: test}`,
    "variable-misplaced 12:38 value of spec.tasks[1].params[0].value",
  ],
  [
    "the result of a matrix one by one",
    `
tasks:
  - name: build
    matrix: {params: [{name: arch, value: [a, b]}]}
    taskRef: {name: build}
  - name: test
    params: [{name: digest, value: "$(tasks.build.results.digest)"}]
    taskRef: {name: test}`,
    "pipeline-matrix 11:38 value of spec.tasks[1].params[0].value",
  ],
  [
    "a matrix of 300 combinations",
    `
tasks:
  - name: build
    matrix:
      params:
        - {name: a, value: [a, b, c, d, e, f, g, h, i, j]}
        - {name: b, value: [a, b, c, d, e, f, g, h, i, j]}
        - {name: c, value: [a, b, c]}
    taskRef: {name: build}`,
    "pipeline-matrix 8:7 key of spec.tasks[0].matrix",
  ],
  [
    "a matrix with a string, a list in `include` and names given twice",
    `
tasks:
  - name: build
    params: [{name: arch, value: x}]
    matrix:
      params:
        - {name: arch, value: amd64}
        - {name: arch, value: [arm64]}
      include:
        - {name: one, params: [{name: os, value: [linux]}]}
    taskRef: {name: build}`,
    "tekton-duplicate 12:20 value of spec.tasks[0].matrix.params[1].name",
    "pipeline-matrix 11:33 value of spec.tasks[0].matrix.params[0].value",
    "pipeline-matrix 14:52 value of spec.tasks[0].matrix.include[0].params[0].value",
    "pipeline-matrix 8:23 value of spec.tasks[0].params[0].name",
  ],
  [
    "a `when` without an operator",
    `
tasks:
  - name: build
    when: [{input: a, values: [a]}]
    taskRef: {name: build}`,
    "pipeline-when 8:15 key of spec.tasks[0].when[0].input",
  ],
  [
    "an empty `when`",
    `
tasks:
  - name: build
    when: [{}]
    taskRef: {name: build}`,
    "pipeline-when 8:14 value of spec.tasks[0].when[0]",
  ],
  [
    "a `when` without values",
    `
tasks:
  - name: build
    when: [{input: a, operator: in}]
    taskRef: {name: build}`,
    "pipeline-when 8:25 key of spec.tasks[0].when[0].operator",
  ],
  [
    "a `when` with an empty list of values",
    `
tasks:
  - name: build
    when: [{input: a, operator: notin, values: []}]
    taskRef: {name: build}`,
    "pipeline-when 8:42 key of spec.tasks[0].when[0].values",
  ],
  [
    "a `when` with `cel` and the rest",
    `
tasks:
  - name: build
    when: [{cel: "'a' == 'a'", input: a, operator: in, values: [a]}]
    taskRef: {name: build}`,
    "pipeline-when 8:15 key of spec.tasks[0].when[0].cel",
  ],
  [
    "a `cel` whose variable is not in quotes",
    `
params: [{name: a}]
tasks:
  - name: build
    when: [{cel: "$(params.a) == 'a'"}]
    taskRef: {name: build}`,
    "pipeline-when 9:15 key of spec.tasks[0].when[0].cel",
  ],
  [
    "retries of a task whose failure is ignored",
    `
tasks:
  - name: build
    retries: 2
    onError: continue
    taskRef: {name: build}`,
    "pipeline-retries 8:7 key of spec.tasks[0].retries",
  ],
  [
    "a timeout that is no duration",
    `
tasks:
  - name: build
    timeout: 90 minutes
    taskRef: {name: build}`,
    "tekton-timeout 8:16 value of spec.tasks[0].timeout",
  ],
  [
    "a timeout that is a variable",
    `
params: [{name: limit}]
tasks:
  - name: build
    timeout: $(params.limit)
    taskRef: {name: build}`,
    "tekton-timeout 9:16 value of spec.tasks[0].timeout",
  ],
  [
    "a workspace that is not declared",
    `
workspaces: [{name: source}]
tasks:
  - name: build
    workspaces: [{name: source, workspace: sources}]
    taskRef: {name: build}`,
    "workspace-undeclared 9:46 value of spec.tasks[0].workspaces[0].workspace",
  ],
  [
    "a workspace that is not declared, under the name that the task has for it",
    `
tasks:
  - name: build
    workspaces: [{name: source}]
    taskRef: {name: build}`,
    "workspace-undeclared 8:27 value of spec.tasks[0].workspaces[0].name",
  ],
  [
    "a result that is a param",
    `
params: [{name: a}]
tasks:
  - name: build
    taskRef: {name: build}
results: [{name: r, value: $(params.a)}]`,
    "pipeline-result 10:30 value of spec.results[0].value",
  ],
  [
    "a result that is a plain text",
    `
tasks:
  - name: build
    taskRef: {name: build}
results: [{name: r, value: done}]`,
    "pipeline-result 9:30 value of spec.results[0].value",
  ],
  [
    "a result of a task that does not exist, as a result",
    `
tasks:
  - name: build
    taskRef: {name: build}
results: [{name: r, value: $(tasks.biuld.results.r)}]`,
    "pipeline-task-unknown 9:30 value of spec.results[0].value",
  ],
  [
    "a result of a task of `finally` under `tasks`",
    `
tasks:
  - name: build
    taskRef: {name: build}
finally:
  - name: tell
    taskRef: {name: tell}
results: [{name: r, value: $(tasks.tell.results.r)}]`,
    "pipeline-task-unknown 12:30 value of spec.results[0].value",
  ],
  [
    "text before a result",
    `
tasks:
  - name: build
    taskRef: {name: build}
results: [{name: r, value: "v$(tasks.build.results.r)"}]`,
    "pipeline-result 9:30 value of spec.results[0].value",
  ],
  [
    "dots after a result",
    `
tasks:
  - name: build
    taskRef: {name: build}
results: [{name: r, value: "$(tasks.build.results.r).a.b"}]`,
    "pipeline-result 9:30 value of spec.results[0].value",
  ],
  [
    "a result of an array that is one string",
    `
tasks:
  - name: build
    taskRef: {name: build}
results: [{name: r, type: array, value: "$(tasks.build.results.r)"}]`,
    "pipeline-result 9:29 value of spec.results[0].type",
  ],
  [
    "a result of a string that is a list",
    `
tasks:
  - name: build
    taskRef: {name: build}
results: [{name: r, type: string, value: ["$(tasks.build.results.r)"]}]`,
    "pipeline-result 9:29 value of spec.results[0].type",
  ],
  [
    "a result that the inline task does not declare, as a result",
    `
tasks:
  - name: build
    taskSpec:
      results: [{name: digest}]
      steps: [{name: a, image: a}]
results: [{name: r, value: "$(tasks.build.results.r)"}]`,
    "task-result-unknown 11:30 value of spec.results[0].value",
  ],
  [
    "a result of a pipeline in a pipeline",
    `
tasks:
  - name: build
    pipelineRef: {name: build}
  - name: test
    params: [{name: a, value: $(tasks.build.results.a)}]
    taskRef: {name: test}`,
    "pipeline-result 10:33 value of spec.tasks[1].params[0].value",
  ],
  [
    "an inline task in a Pipeline whose steps use a param that only the task is given",
    `
tasks:
  - name: build
    params: [{name: a, value: x}]
    taskSpec:
      steps: [{name: a, image: a, args: [$(params.a)]}]`,
    "variable-undeclared 10:44 value of spec.tasks[0].taskSpec.steps[0].args[0]",
  ],
  [
    "a text in `cel` that has no end",
    `
tasks:
  - name: build
    when: [{cel: "'a' == 'b"}]
    taskRef: {name: build}`,
    "pipeline-when 8:15 key of spec.tasks[0].when[0].cel",
  ],
  [
    "a name that is a variable",
    `
params: [{name: task}]
tasks:
  - name: build
    taskRef: {name: $(params.task)}`,
    "tekton-reference 9:23 value of spec.tasks[0].taskRef.name",
  ],
  [
    "a default that is none of the allowed values",
    `
params: [{name: mode, enum: [fast, slow], default: quick}]
tasks:
  - name: build
    taskRef: {name: build}`,
    "param-declaration 6:54 value of spec.params[0].default",
  ],
  [
    "one variable twice in a text",
    `
tasks:
  - name: build
    params: [{name: a, value: "$(params.b) $(params.b) $(params.c)"}]
    taskRef: {name: build}`,
    "variable-undeclared 8:33 value of spec.tasks[0].params[0].value",
    "variable-undeclared 8:33 value of spec.tasks[0].params[0].value",
  ],
];

export const rightPipelines: readonly Case[] = [
  [
    "everything at once",
    `
displayName: All
params:
  - {name: tag}
  - {name: args, type: array, default: [a]}
  - {name: image, type: object, properties: {url: {}, digest: {}}}
  - {name: build.mode, default: fast}
workspaces: [{name: source}, {name: cache, optional: true}]
tasks:
  - name: fetch
    displayName: Fetch $(params.tag)
    params:
      - {name: a, value: "v$(params.tag)-$(params['tag'])"}
      - {name: b, value: "$(params.args[*])"}
      - {name: c, value: "$(params.image[*])"}
      - {name: d, value: ["$(params.args[*])", "$(params.args[0])", "x$(params.image.url)"]}
      - {name: e, value: {url: $(params.image.url)}}
      - {name: f, value: '$(params["build.mode"])'}
      - {name: g, value: "$(context.pipelineRun.name) $(context.pipeline.name) $(context.taskRun.name) $(context.pipelineTask.retries)"}
      - {name: h, value: "$(workspaces.source.bound)"}
      - {name: i, value: "$(date +%s) \${HOME} $HOME $$(x"}
    workspaces: [{name: source, subPath: "$(params.tag)"}, {name: c, workspace: cache}]
    taskRef:
      resolver: git
      params: [{name: url, value: x}, {name: revision, value: $(params.tag)}]
    retries: 2
    timeout: 1h30m
  - name: build
    runAfter: [fetch]
    onError: continue
    when:
      - {input: $(params.tag), operator: in, values: ["$(params.args[*])", "$(tasks.fetch.results.tag)"]}
      - {cel: "'$(params.tag)' == 'a' // $x"}
    params: [{name: a, value: x}]
    matrix:
      params:
        - {name: arch, value: [amd64, arm64]}
        - {name: os, value: "$(params.args[*])"}
      include: [{name: extra, params: [{name: arch, value: s390x}, {name: flags, value: $(params.tag)}]}]
    taskSpec:
      params: [{name: a}, {name: arch}, {name: os}, {name: flags, default: ""}]
      results: [{name: digest}, {name: unused}]
      steps: [{name: a, image: a, script: "echo $(params.a) $(params.tag) $(tasks.fetch.results.tag)"}]
  - name: custom
    taskRef: {apiVersion: example.com/v1, kind: Wait, name: w}
    params:
      - {name: all, value: "$(tasks.build.results.digest[*])"}
      - {name: count, value: "$(tasks.build.matrix.length)"}
  - name: inline
    taskSpec:
      results:
        - {name: list, type: array}
        - {name: image, type: object, properties: {url: {}}}
      steps: [{name: a, image: a}]
  - name: use
    params:
      - {name: a, value: "$(tasks.inline.results.list[*])"}
      - {name: b, value: "$(tasks.inline.results.list[0])"}
      - {name: c, value: "$(tasks.inline.results.image.url)"}
      - {name: d, value: "$(tasks.inline.results.image[*])"}
    taskRef: {name: use}
finally:
  - name: tell
    params:
      - {name: a, value: "$(tasks.status) $(tasks.build.status) $(tasks.fetch.reason)"}
      - {name: b, value: $(tasks.fetch.results.tag)}
    when: [{input: $(tasks.status), operator: notin, values: [Succeeded]}]
    taskRef: {name: tell}
results:
  - {name: a, value: $(tasks.fetch.results.tag)}
  - {name: b, value: "$(tasks.fetch.results.tag)-$(tasks.custom.results.x)"}
  - {name: c, type: array, value: "$(tasks.inline.results.list[*])"}
  - {name: d, type: object, value: {url: $(tasks.inline.results.image.url)}}
  - {name: e, value: $(finally.tell.results.url)}`,
  ],
];
