import type { Case } from "./faults-of.ts";

/** The YAML of a Task's spec from line 6 on, and each fault with its place and what stands there. */
export const wrongTasks: readonly Case[] = [
  // Steps
  ["no steps", "params: []", "tekton-missing-field 5:1 spec"],
  ["an empty list of steps", "steps: []", "tekton-invalid 6:10 []"],
  ["a step without image", "steps:\n  - script: a", "step-without-image 7:7 script: a"],
  [
    "a named step without image",
    "steps:\n  - name: build\n    script: a",
    "step-without-image 7:13 build",
  ],
  ["an empty image", 'steps:\n  - image: ""', 'step-without-image 7:7 image: ""'],
  [
    "script and command",
    "steps:\n  - image: a\n    command: [b]\n    script: c",
    "step-contradiction 8:7 command",
  ],
  [
    "script beside the command of the template",
    "stepTemplate:\n  image: a\n  command: [b]\nsteps:\n  - script: c",
    "step-contradiction 10:7 script",
  ],
  [
    "steps of one name",
    "steps:\n  - {name: a, image: b}\n  - {image: c}\n  - {name: a, image: d}",
    "tekton-duplicate 9:14 a",
  ],
  ["a name with capitals", "steps:\n  - name: Build\n    image: a", "tekton-name 7:13 Build"],
  [
    "a name that is too long",
    `steps:\n  - name: ${"a".repeat(64)}\n    image: a`,
    "tekton-name 7:13 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
  ],
  [
    "an unknown onError",
    "steps:\n  - image: a\n    onError: contine",
    "tekton-invalid 8:16 contine",
  ],
  ["a timeout without unit", 'steps:\n  - image: a\n    timeout: "60"', 'tekton-timeout 8:16 "60"'],
  ["a negative timeout", "steps:\n  - image: a\n    timeout: -1s", "tekton-timeout 8:16 -1s"],
  [
    "params without ref",
    "steps:\n  - image: a\n    params:\n      - {name: b, value: c}",
    "step-contradiction 8:7 params",
  ],
  [
    "a ref with image and script",
    "steps:\n  - ref: {name: a}\n    image: b\n    script: c",
    "step-contradiction 8:7 image",
    "step-contradiction 9:7 script",
  ],
  ["a ref without name", "steps:\n  - ref: {}", "tekton-reference 7:7 ref"],
  [
    "a ref by name and resolver",
    "steps:\n  - ref: {resolver: git, name: a, params: []}",
    "tekton-reference 7:28 name",
  ],
  [
    "when without operator",
    "steps:\n  - image: a\n    when:\n      - {input: b, values: [c]}",
    "pipeline-when 9:12 input",
  ],
  [
    "a sidecar without image",
    "steps: [{image: a}]\nsidecars:\n  - name: b",
    "step-without-image 8:13 b",
  ],
  [
    "a sidecar with script and command",
    "steps: [{image: a}]\nsidecars:\n  - {image: b, script: c, command: [d]}",
    "step-contradiction 8:29 command",
  ],
  [
    "a ref with a working directory",
    "steps:\n  - ref: {name: a}\n    workingDir: b",
    "step-contradiction 8:7 workingDir",
  ],
  [
    "a reserved sidecar",
    "steps: [{image: a}]\nsidecars:\n  - {name: tekton-log-results, image: b}",
    "tekton-name 8:14 tekton-log-results",
  ],
  [
    "sidecars of one name",
    "steps: [{image: a}]\nsidecars:\n  - {name: b, image: c}\n  - {name: b, image: d}",
    "tekton-duplicate 9:14 b",
  ],
  // Params
  [
    "a param twice",
    "params:\n  - name: a\n  - name: a\nsteps: [{image: a}]",
    "tekton-duplicate 8:13 a",
  ],
  [
    "a param that begins with a digit",
    "params:\n  - name: 1a\nsteps: [{image: a}]",
    "tekton-name 7:13 1a",
  ],
  ["a param with a space", "params:\n  - name: a b\nsteps: [{image: a}]", "tekton-name 7:13 a b"],
  [
    "an object with dots in its name",
    "params:\n  - {name: a.b, type: object, properties: {c: {}}}\nsteps: [{image: a}]",
    "tekton-name 7:14 a.b",
  ],
  [
    "a key with dots",
    "params:\n  - name: a\n    properties:\n      b.c: {}\nsteps: [{image: a}]",
    "tekton-name 9:9 b.c",
  ],
  [
    "an unknown type",
    "params:\n  - name: a\n    type: strng\nsteps: [{image: a}]",
    "tekton-invalid 8:13 strng",
  ],
  [
    "a default of another type",
    "params:\n  - name: a\n    type: array\n    default: b\nsteps: [{image: a}]",
    "param-declaration 9:16 b",
  ],
  [
    "a default array for a string",
    "params:\n  - name: a\n    type: string\n    default: [b]\nsteps: [{image: a}]",
    "param-declaration 9:16 [b]",
  ],
  [
    "numbers in an array",
    "params:\n  - name: a\n    type: array\n    default: [1, 2]\nsteps: [{image: a}]",
    "param-declaration 9:16 [1, 2]",
  ],
  [
    "an object without properties",
    "params:\n  - name: a\n    type: object\nsteps: [{image: a}]",
    "param-declaration 7:13 a",
  ],
  [
    "a property of another type",
    "params:\n  - name: a\n    properties:\n      b: {type: array}\nsteps: [{image: a}]",
    "tekton-invalid 9:19 array",
  ],
  [
    "an enum of an array",
    "params:\n  - name: a\n    type: array\n    enum: [b]\nsteps: [{image: a}]",
    "param-declaration 9:7 enum",
  ],
  [
    "an enum value twice",
    "params:\n  - name: a\n    enum: [b, c, b]\nsteps: [{image: a}]",
    "param-declaration 8:20 b",
  ],
  [
    "a default out of the enum",
    "params:\n  - name: a\n    enum: [amd64, arm64]\n    default: amd46\nsteps: [{image: a}]",
    "param-declaration 9:16 amd46",
  ],
  // Results
  ["a result with a space", "results:\n  - name: a b\nsteps: [{image: a}]", "tekton-name 7:13 a b"],
  [
    "an object result without properties",
    "results:\n  - name: a\n    type: object\nsteps: [{image: a}]",
    "tekton-missing-field 7:13 a",
  ],
  [
    "a result with a fixed value",
    "results:\n  - name: a\n    value: b\nsteps: [{image: a}]",
    "tekton-invalid 8:14 b",
  ],
  // Variables
  [
    "an undeclared param",
    "params: [{name: branch}]\nsteps:\n  - image: a\n    script: |\n      echo\n      echo $(params.brunch)",
    "variable-undeclared 11:14 $(params.brunch)",
  ],
  [
    "an undeclared param in brackets",
    `steps:\n  - image: a\n    args: ['$(params["a.b"])']`,
    'variable-undeclared 8:15 $(params["a.b"])',
  ],
  [
    "an undeclared param in an env",
    "steps:\n  - image: a\n    env:\n      - {name: A, value: $(params.b)}",
    "variable-undeclared 9:28 $(params.b)",
  ],
  [
    "an undeclared param in the name of a secret",
    "steps:\n  - image: a\n    env:\n      - name: A\n        valueFrom:\n          secretKeyRef: {name: $(params.b), key: c}",
    "variable-undeclared 11:34 $(params.b)",
  ],
  [
    "an undeclared param in a sidecar",
    "steps: [{image: a}]\nsidecars:\n  - {name: b, image: $(params.c)}",
    "variable-undeclared 8:24 $(params.c)",
  ],
  [
    "an undeclared param in a volume",
    "steps: [{image: a}]\nvolumes:\n  - name: b\n    configMap: {name: $(params.c)}",
    "variable-undeclared 9:25 $(params.c)",
  ],
  [
    "an undeclared param in the template",
    "stepTemplate: {image: $(params.c)}\nsteps: [{script: a}]",
    "variable-undeclared 6:25 $(params.c)",
  ],
  [
    "an undeclared param in a mountPath",
    "workspaces:\n  - name: a\n    mountPath: /$(params.c)\nsteps: [{image: a}]",
    "variable-undeclared 8:19 $(params.c)",
  ],
  [
    "an undeclared param of the old form",
    "steps:\n  - image: $(inputs.params.a)",
    "variable-undeclared 7:14 $(inputs.params.a)",
  ],
  [
    "a name with dots without brackets",
    "params: [{name: a.b}]\nsteps:\n  - image: $(params.a.b)",
    "variable-undeclared 8:14 $(params.a.b)",
  ],
  [
    "an array in a script",
    "params: [{name: a, type: array}]\nsteps:\n  - image: a\n    script: echo $(params.a[*])",
    "variable-misplaced 9:20 $(params.a[*])",
  ],
  [
    "an array in an image",
    "params: [{name: a, type: array}]\nsteps:\n  - image: $(params.a)",
    "variable-misplaced 8:14 $(params.a)",
  ],
  [
    "an array that is not alone",
    'params: [{name: a, type: array}]\nsteps:\n  - image: a\n    args: ["-x $(params.a[*])"]',
    "variable-misplaced 9:18 $(params.a[*])",
  ],
  [
    "an array of the default",
    "params: [{name: a, default: [b]}]\nsteps:\n  - image: a\n    script: $(params.a)",
    "variable-misplaced 9:15 $(params.a)",
  ],
  [
    "a whole object",
    'params: [{name: a, properties: {b: {}}}]\nsteps:\n  - image: a\n    args: ["$(params.a[*])"]',
    "variable-misplaced 9:15 $(params.a[*])",
  ],
  [
    "an unknown key",
    "params: [{name: a, properties: {url: {}}}]\nsteps:\n  - image: $(params.a.uri)",
    "variable-misplaced 8:14 $(params.a.uri)",
  ],
  [
    "a key of a string",
    "params: [{name: a}]\nsteps:\n  - image: $(params.a.b)",
    "variable-misplaced 8:14 $(params.a.b)",
  ],
  [
    "a string as an array",
    'params: [{name: a}]\nsteps:\n  - image: a\n    args: ["$(params.a[*])"]',
    "variable-misplaced 9:15 $(params.a[*])",
  ],
  [
    "an undeclared workspace",
    "workspaces: [{name: source}]\nsteps:\n  - image: a\n    workingDir: $(workspaces.sauce.path)",
    "variable-undeclared 9:19 $(workspaces.sauce.path)",
  ],
  [
    "an unknown field of a workspace",
    "workspaces: [{name: source}]\nsteps:\n  - image: a\n    workingDir: $(workspaces.source.pth)",
    "variable-undeclared 9:19 $(workspaces.source.pth)",
  ],
  [
    "a workspace as a whole",
    "workspaces: [{name: source}]\nsteps:\n  - image: a\n    workingDir: $(workspaces.source)",
    "variable-undeclared 9:19 $(workspaces.source)",
  ],
  [
    "an undeclared result",
    "results: [{name: digest}]\nsteps:\n  - image: a\n    script: echo b > $(results.digets.path)",
    "variable-undeclared 9:24 $(results.digets.path)",
  ],
  [
    "a result that is read",
    "results: [{name: digest}]\nsteps:\n  - image: a\n    script: echo $(results.digest)",
    "variable-undeclared 9:20 $(results.digest)",
  ],
  [
    "an unknown context",
    "steps:\n  - image: a\n    script: echo $(context.taskRun.nam)",
    "variable-undeclared 8:20 $(context.taskRun.nam)",
  ],
  [
    "a context of pipelines",
    "steps:\n  - image: a\n    script: echo $(context.pipelineRun.name)",
    "variable-misplaced 8:20 $(context.pipelineRun.name)",
  ],
  [
    "a result of another task",
    "steps:\n  - image: a\n    script: echo $(tasks.b.results.c)",
    "variable-misplaced 8:20 $(tasks.b.results.c)",
  ],
  [
    "a result of an unknown step",
    "steps:\n  - {name: build, image: a, results: [{name: r}]}\n  - image: a\n    args: [$(steps.biuld.results.r)]",
    "variable-undeclared 9:14 $(steps.biuld.results.r)",
  ],
  [
    "an unknown result of a step",
    "steps:\n  - {name: build, image: a, results: [{name: tag}]}\n  - image: a\n    args: [$(steps.build.results.tga)]",
    "variable-undeclared 9:14 $(steps.build.results.tga)",
  ],
  [
    "the exit code of an unknown step",
    "steps:\n  - {name: build, image: a}\n  - image: a\n    script: cat $(steps.build.exitCode.path)",
    "variable-undeclared 9:19 $(steps.build.exitCode.path)",
  ],
  [
    "a result of the step that it lacks",
    "steps:\n  - image: a\n    results: [{name: tag}]\n    script: echo > $(step.results.tga.path)",
    "variable-undeclared 9:22 $(step.results.tga.path)",
  ],
  [
    "a result of a step in a script",
    "steps:\n  - {name: build, image: a, results: [{name: tag}]}\n  - image: a\n    script: echo $(steps.build.results.tag)",
    "variable-misplaced 9:20 $(steps.build.results.tag)",
  ],
  [
    "a variable of the shell in one of Tekton",
    "results: [{name: a-1}]\nsteps:\n  - image: a\n    script: echo > $(results.a-${i}.path)",
    "variable-undeclared 9:22 $(results.a-${i}.path)",
  ],
  // Workspaces and volumes
  [
    "a workspace twice",
    "workspaces:\n  - name: a\n  - name: a\nsteps: [{image: a}]",
    "tekton-duplicate 8:13 a",
  ],
  [
    "workspaces at one path",
    "workspaces:\n  - {name: a, mountPath: /b}\n  - {name: c, mountPath: /b/}\nsteps: [{image: a}]",
    "mount-collision 8:28 /b/",
  ],
  [
    "a workspace at the default path of another",
    "workspaces:\n  - name: a\n  - {name: b, mountPath: /workspace/a}\nsteps: [{image: a}]",
    "mount-collision 8:28 /workspace/a",
  ],
  [
    "a workspace at the path of a volume",
    "workspaces:\n  - {name: a, mountPath: /b}\nsteps:\n  - image: a\n    volumeMounts: [{name: v, mountPath: /b}]\nvolumes: [{name: v, emptyDir: {}}]",
    "mount-collision 7:28 /b",
  ],
  [
    "volumes at one path",
    "steps:\n  - image: a\n    volumeMounts:\n      - {name: v, mountPath: /b}\n      - {name: w, mountPath: /b}\nvolumes: [{name: v}, {name: w}]",
    "mount-collision 10:32 /b",
  ],
  [
    "a volume below /tekton",
    "steps:\n  - image: a\n    volumeMounts:\n      - {name: v, mountPath: /tekton/bin}\nvolumes: [{name: v}]",
    "mount-collision 9:32 /tekton/bin",
  ],
  [
    "a reserved volume",
    "steps:\n  - image: a\n    volumeMounts:\n      - {name: tekton-internal-bin, mountPath: /b}\nvolumes: [{name: tekton-internal-bin}]",
    "tekton-name 9:18 tekton-internal-bin",
  ],
  [
    "an undeclared volume",
    "steps:\n  - image: a\n    volumeMounts:\n      - {name: cahce, mountPath: /b}\nvolumes: [{name: cache}]",
    "volume-undeclared 9:18 cahce",
  ],
  [
    "a volume twice",
    "steps: [{image: a}]\nvolumes:\n  - {name: v}\n  - {name: v}",
    "tekton-duplicate 9:14 v",
  ],
  [
    "a volume of two sources",
    "steps: [{image: a}]\nvolumes:\n  - name: v\n    emptyDir: {}\n    configMap: {name: c}",
    "tekton-invalid 9:7 emptyDir",
  ],
  [
    "an isolated workspace that is not declared",
    "workspaces: [{name: source}]\nsteps:\n  - image: a\n    workspaces: [{name: sorce}]",
    "workspace-undeclared 9:27 sorce",
  ],
  // Fields
  ["a misspelt field", "steps:\n  - image: a\n    scirpt: b", "tekton-unknown-field 8:7 scirpt"],
  [
    "an unknown field",
    "steps:\n  - image: a\n    privileged: true",
    "tekton-unknown-field 8:7 privileged",
  ],
  [
    "a field of v1beta1",
    "steps:\n  - image: a\n    resources: {limits: {cpu: 1}}",
    "tekton-unknown-field 8:7 resources",
  ],
  [
    "a field of a deeper mapping",
    "steps:\n  - image: a\n    env:\n      - name: A\n        valueFrom:\n          secretKeyref: {name: b, key: c}",
    "tekton-unknown-field 11:13 secretKeyref",
  ],
  [
    "a script in the template",
    "stepTemplate: {script: a}\nsteps: [{image: a}]",
    "tekton-unknown-field 6:18 script",
  ],
  [
    "a number for a string",
    "steps:\n  - image: a\n    env:\n      - {name: A, value: 4.20}",
    "tekton-invalid 9:28 4.20",
  ],
  ["a number in a list", "steps:\n  - image: a\n    args: [-p, 8080]", "tekton-invalid 8:18 8080"],
  ["a mapping for a list", "steps:\n  - image: a\n    env: {A: b}", "tekton-invalid 8:12 {A: b}"],
  [
    "a missing name of a param",
    "params:\n  - default: a\nsteps: [{image: a}]",
    "tekton-missing-field 7:7 default: a",
  ],
  [
    "PipelineResources",
    "resources:\n  inputs: []\nsteps: [{image: a}]",
    "tekton-gone 6:3 resources",
  ],
  [
    "several at once, read past",
    "params:\n  - {nmae: branch}\nsteps:\n  - image: a\n    scirpt: echo $(params.brunch) $(params.branch)\n    timeout: 5\n  - script: b",
    "tekton-unknown-field 7:8 nmae",
    "tekton-invalid 11:16 5",
    "tekton-unknown-field 10:7 scirpt",
    "variable-undeclared 10:20 $(params.brunch)",
    "step-without-image 12:7 script: b",
  ],
];
