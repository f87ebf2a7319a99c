import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { tektonFaults } from "../../../src/tekton/faults/tekton-faults.ts";
import { isRecord } from "../../../src/tekton/value-at.ts";
import { documentOf, foundIn, mended, taskWith } from "./found-in.ts";

const step = "spec: {steps: [{image: a}]}\n";

describe("the faults of a document", () => {
  test.each([
    [
      "a kind that is gone",
      "apiVersion: tekton.dev/v1beta1\nkind: ClusterTask\n",
      "tekton-gone 2:7 ClusterTask",
    ],
    [
      "a version that is gone",
      `apiVersion: tekton.dev/v1alpha1\nkind: Task\nmetadata: {name: a}\n${step}`,
      "tekton-gone 1:13 tekton.dev/v1alpha1",
    ],
    [
      "a misspelt kind",
      `apiVersion: tekton.dev/v1\nkind: Taks\nmetadata: {name: a}\n${step}`,
      "tekton-invalid 2:7 Taks",
    ],
    [
      "an unknown version",
      `apiVersion: tekton.dev/v2\nkind: Task\nmetadata: {name: a}\n${step}`,
      "tekton-invalid 1:13 tekton.dev/v2",
    ],
    [
      "a misspelt group",
      `apiVersion: tekon.dev/v1\nkind: Task\nmetadata: {name: a}\n${step}`,
      "tekton-invalid 1:13 tekon.dev/v1",
    ],
    ["no version", `kind: Task\nmetadata: {name: a}\n${step}`, "tekton-missing-field 1:1 kind"],
    [
      "no metadata",
      `apiVersion: tekton.dev/v1\nkind: Task\n${step}`,
      "tekton-missing-field 1:1 apiVersion",
    ],
    [
      "no spec",
      "apiVersion: tekton.dev/v1\nkind: Task\nmetadata: {name: a}\n",
      "tekton-missing-field 1:1 apiVersion",
    ],
    [
      "an empty spec",
      "apiVersion: tekton.dev/v1\nkind: Task\nmetadata: {name: a}\nspec:\n",
      "tekton-missing-field 1:1 apiVersion",
    ],
    [
      "a name with capitals",
      `apiVersion: tekton.dev/v1\nkind: Task\nmetadata: {name: MyTask}\n${step}`,
      "tekton-name 3:18 MyTask",
    ],
    [
      "a long name",
      `apiVersion: tekton.dev/v1\nkind: Task\nmetadata: {name: ${"a".repeat(64)}}\n${step}`,
      `tekton-name 3:18 ${"a".repeat(64)}`,
    ],
    [
      "a label that is no string",
      `apiVersion: tekton.dev/v1\nkind: Task\nmetadata: {name: a, labels: {version: 4.2}}\n${step}`,
      "tekton-invalid 3:39 4.2",
    ],
    [
      "a label with a space",
      `apiVersion: tekton.dev/v1\nkind: Task\nmetadata: {name: a, labels: {b: c d}}\n${step}`,
      "tekton-name 3:33 c d",
    ],
    [
      "a key of a label with two slashes",
      `apiVersion: tekton.dev/v1\nkind: Task\nmetadata: {name: a, labels: {b/c/d: e}}\n${step}`,
      "tekton-name 3:30 b/c/d",
    ],
    [
      "a misspelt field of metadata",
      `apiVersion: tekton.dev/v1\nkind: Task\nmetadata: {name: a, lables: {}}\n${step}`,
      "tekton-unknown-field 3:21 lables",
    ],
    [
      "a field beside the spec",
      `apiVersion: tekton.dev/v1\nkind: Task\nmetadata: {name: a}\nparams: []\n${step}`,
      "tekton-unknown-field 4:1 params",
    ],
    [
      "a StepAction with script and command",
      "apiVersion: tekton.dev/v1beta1\nkind: StepAction\nmetadata: {name: a}\nspec:\n  image: b\n  script: c\n  command: [d]\n",
      "step-contradiction 7:3 command",
    ],
    [
      "a StepAction without image",
      "apiVersion: tekton.dev/v1beta1\nkind: StepAction\nmetadata: {name: a}\nspec:\n  script: c\n",
      "step-without-image 4:1 spec",
    ],
    [
      "a StepAction with a param in its script",
      "apiVersion: tekton.dev/v1beta1\nkind: StepAction\nmetadata: {name: a}\nspec:\n  params: [{name: p}]\n  image: b\n  script: echo $(params.p)\n",
      "variable-misplaced 7:16 $(params.p)",
    ],
    [
      "a StepAction with an undeclared param",
      "apiVersion: tekton.dev/v1beta1\nkind: StepAction\nmetadata: {name: a}\nspec:\n  image: $(params.p)\n",
      "variable-undeclared 5:10 $(params.p)",
    ],
    [
      "a StepAction with a volume of its own",
      "apiVersion: tekton.dev/v1beta1\nkind: StepAction\nmetadata: {name: a}\nspec:\n  image: b\n  volumeMounts: [{name: c, mountPath: /d}]\n",
      "step-contradiction 6:25 c",
    ],
    [
      "a StepAction with an undeclared result",
      "apiVersion: tekton.dev/v1beta1\nkind: StepAction\nmetadata: {name: a}\nspec:\n  image: b\n  script: echo > $(step.results.c.path)\n",
      "variable-undeclared 6:18 $(step.results.c.path)",
    ],
    [
      "a StepAction with volumes",
      "apiVersion: tekton.dev/v1beta1\nkind: StepAction\nmetadata: {name: a}\nspec:\n  image: b\n  volumes: []\n",
      "tekton-unknown-field 6:3 volumes",
    ],
    [
      "a bundle",
      "apiVersion: tekton.dev/v1\nkind: TaskRun\nmetadata: {name: a}\nspec:\n  taskRef: {bundle: b, name: c}\n",
      "tekton-gone 5:13 bundle",
    ],
    [
      "a field of runs of v1beta1",
      "apiVersion: tekton.dev/v1\nkind: PipelineRun\nmetadata: {name: a}\nspec:\n  pipelineRef: {name: b}\n  serviceAccountName: c\n",
      "tekton-gone 6:3 serviceAccountName",
    ],
    [
      "a task that is embedded in a pipeline",
      "apiVersion: tekton.dev/v1\nkind: Pipeline\nmetadata: {name: a}\nspec:\n  tasks:\n    - name: b\n      taskSpec:\n        steps:\n          - script: $(params.c)\n",
      "variable-undeclared 9:21 $(params.c)",
      "step-without-image 9:13 script: $(params.c)",
    ],
    [
      "a task that is embedded in a run",
      "apiVersion: tekton.dev/v1\nkind: TaskRun\nmetadata: {name: a}\nspec:\n  params: [{name: c, value: d}]\n  taskSpec:\n    steps:\n      - image: e\n        script: $(params.c) $(params.f)\n",
      "variable-undeclared 9:29 $(params.f)",
    ],
  ])("%s", (_, text, ...expected) => {
    expect(foundIn(text).toSorted()).toEqual(expected.toSorted());
  });

  test.each([
    ["another software", "apiVersion: apps/v1\nkind: Deployment\nspec: 4\n"],
    [
      "a kind of that name in another software",
      "apiVersion: example.com/v1\nkind: Task\nspec: 4\n",
    ],
    ["a custom run", "apiVersion: tekton.dev/v1beta1\nkind: CustomRun\nspec: 4\n"],
    [
      "another group of Tekton",
      "apiVersion: triggers.tekton.dev/v1beta1\nkind: Trigger\nspec: 4\n",
    ],
    ["a list", "- 1\n"],
    [
      "an empty field",
      `apiVersion: tekton.dev/v1\nkind: Task\nmetadata: {name: a, creationTimestamp: null}\nspec:\n  params:\n  steps: [{image: a}]\n`,
    ],
  ])("nothing in %s", (_, text) => {
    expect(foundIn(text)).toEqual([]);
  });

  test.each(
    ["tekton/pipelines", "tekton/tasks"].flatMap((folder) =>
      readdirSync(folder).map((name) => join(folder, name)),
    ),
  )("nothing in our own %s", (path) => {
    expect(foundIn(readFileSync(path, "utf8"))).toEqual([]);
  });
});

const everything = taskWith(`
params:
  - {name: branch, description: $(params.not-a-variable)}
  - {name: a.dotted-name, default: 4}
  - {name: flags, type: array, default: []}
  - {name: image, properties: {url: {type: string}, digest: {}}, default: {url: a}}
  - {name: arch, enum: [amd64, arm64], default: amd64}
  - {name: json, default: {"a": 1}}
results:
  - {name: digest, description: "$(results.nothing.path)"}
  - {name: list, type: array}
  - {name: object, type: object, properties: {url: {}}}
  - {name: taken, value: $(steps.named.results.tag)}
workspaces:
  - {name: source, mountPath: /src, readOnly: true, optional: true}
  - {name: cache}
stepTemplate:
  image: busybox
  env: [{name: A, value: $(params.arch)}]
  computeResources: {requests: {cpu: 1, memory: 1Gi}, limits: {cpu: 500m}}
  securityContext: {runAsNonRoot: true, runAsUser: 1000, capabilities: {drop: [ALL]}, seccompProfile: {type: RuntimeDefault}}
steps:
  - name: named
    results: [{name: tag}]
    script: |
      #!/bin/sh
      now=$(date +%s); here=$(pwd); user=$(whoami); $(command.with.dots) $((1 + 2)) $(echo $(params.branch))
      echo "\${HOME} $HOME $(params.branch) $(params["a.dotted-name"]) $(params['branch'])" > $(results.digest.path)
      echo $(params.flags[0]) $(params.image.url) $(context.taskRun.name) $(context.task.retry-count)
      echo x > $(step.results.tag.path)
      echo $(workspaces.source.path) $(workspaces.source.bound) $(workspaces.cache.claim) $(workspaces.cache.volume)
  - command: [echo, "$(params.flags[*])", $(params.flags)]
    args: ["$(params.flags)", "--branch=$(params.branch)", "$(HOME)"]
    onError: continue
    timeout: 1h30m
    workingDir: $(workspaces.source.path)/$(params.branch)
    envFrom: [{secretRef: {name: a}}, {configMapRef: {name: b, optional: true}, prefix: C_}]
    env:
      - {name: TAG, value: $(steps.named.results.tag)}
      - {name: SECRET, valueFrom: {secretKeyRef: {name: $(params.branch), key: token}}}
      - {name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
    volumeMounts:
      - {name: v, mountPath: /v, subPath: $(params.branch), readOnly: true}
      - {name: "$(workspaces.cache.volume)", mountPath: /w}
    when: [{input: $(params.arch), operator: in, values: [amd64, "$(params.flags[*])"]}]
  - ref: {resolver: git, params: [{name: url, value: "https://example.com/$(params.branch)"}]}
    name: referred
    params: [{name: a, value: "$(params.flags[*])"}, {name: b, value: "$(params.image[*])"}]
    onError: $(params.arch)
  - image: a
    name: last
    workspaces: [{name: source, mountPath: /elsewhere}]
    imagePullPolicy: IfNotPresent
    stdoutConfig: {path: /tmp/out}
    script: cat $(steps.step-named.exitCode.path) $(steps.step-unnamed-1.exitCode.path)
    args: [$(steps.referred.results.anything)]
sidecars:
  - name: server
    image: $(params.image.url)
    args: ["$(params.flags[*])"]
    ports: [{containerPort: 8080}]
    readinessProbe: {httpGet: {path: /, port: 8080}, periodSeconds: 5}
    volumeMounts: [{name: v, mountPath: /v}]
volumes:
  - {name: v, emptyDir: {sizeLimit: 1Gi}}
  - {name: w, persistentVolumeClaim: {claimName: $(params.branch)}}
  - {name: x, projected: {sources: [{secret: {name: a}}, {serviceAccountToken: {path: t}}]}}
  - {name: y, hostPath: {path: /dev}}
`);

test("nothing in a Task that uses everything", () => {
  expect(foundIn(everything)).toEqual([]);
});

describe("v1beta1", () => {
  const run = `apiVersion: tekton.dev/v1beta1 # old
kind: PipelineRun
metadata: {generateName: a-}
spec:
  serviceAccountName: builder # who
  timeout: 4h
  taskRunSpecs:
    - {pipelineTaskName: t, taskServiceAccountName: other}
  pipelineSpec:
    tasks:
      - name: t
        taskSpec:
          steps:
            - image: a
              resources: {limits: {memory: 1Gi}}
          sidecars:
            - {name: b, image: c, resources: {}}
`;

  test("is a hint with a fix that makes the same in v1", () => {
    expect(foundIn(run)).toEqual(["tekton-v1beta1 1:13 tekton.dev/v1beta1"]);
    const text = mended(run);
    expect(text).toContain("apiVersion: tekton.dev/v1 # old\n");
    expect(text).not.toContain("resources:");
    expect(foundIn(text)).toEqual([]);
    expect(documentOf(text).value).toMatchObject({
      spec: {
        taskRunTemplate: { serviceAccountName: "builder" },
        timeouts: { pipeline: "4h" },
        taskRunSpecs: [{ serviceAccountName: "other" }],
      },
    });
  });

  test("has its faults at the places of its own fields", () => {
    const text = run
      .replace("4h", "4 hours")
      .replace("{memory: 1Gi}", "[memory]")
      .replace("taskServiceAccountName: other", "taskServiceAccountName: 4");
    expect(foundIn(text).toSorted()).toEqual([
      "tekton-invalid 15:35 [memory]",
      "tekton-invalid 8:53 4",
      "tekton-timeout 6:12 4 hours",
      "tekton-v1beta1 1:13 tekton.dev/v1beta1",
    ]);
  });

  test("without a fix where fields that go together stand apart, or one has no successor", () => {
    const apart = `${run}  podTemplate: {}\n`;
    const ignored = run.replace("- image: a", "- image: a\n              tty: true");
    for (const text of [apart, ignored]) {
      expect(foundIn(text)).toHaveLength(1);
      expect(mended(text)).toBe(text);
    }
  });
});

describe("what is told of a fault", () => {
  const told = (text: string) =>
    tektonFaults(documentOf(text)).map(({ message, help }) => `${message} ${help}`);

  test.each([
    [
      "steps: [{image: a, scirpt: b}]",
      'spec.steps[0] has no field "scirpt". Did you mean "script"?',
    ],
    [
      "steps: [{image: a, args: [1]}]",
      "spec.steps[0].args[0] is a number; it has to be a string. Put the value in quotes.",
    ],
    [
      "steps: [{image: a, env: {A: b}}]",
      "spec.steps[0].env is a mapping; it has to be a list. Write a list.",
    ],
    [
      "params: [{name: a, type: strng}]\nsteps: [{image: a}]",
      'spec.params[0].type can\'t be "strng". Did you mean "string"?',
    ],
    [
      "params: [{default: a}]\nsteps: [{image: a}]",
      'spec.params[0] lacks the field "name". Add `name:`.',
    ],
    ["steps: []", "spec.steps needs at least one entry. Fill it in."],
    [
      "steps: [{image: a, computeResources: {limits: {cpu: [1]}}}]",
      "spec.steps[0].computeResources.limits.cpu is a list; it has to be a string or a number. Write a string or a number.",
    ],
    [
      "steps: [{image: a, computeResources: {limits: {memory: 1 Gi}}}]",
      'spec.steps[0].computeResources.limits.memory can\'t be "1 Gi". It has to be like `500m`, `2` or `1Gi`.',
    ],
    [
      "steps: [{image: a, resources: {}}]",
      'spec.steps[0] has no field "resources". In v1 it is `computeResources`.',
    ],
  ])("%s", (spec, ...expected) => {
    expect(told(taskWith(spec))).toEqual(expected);
  });

  test.each([
    ["steps: [{image: a, scirpt: b}]", "steps: [{image: a, script: b}]"],
    ["steps: [{image: a, args: [4.20]}]", 'steps: [{image: a, args: ["4.20"]}]'],
    ["steps: [{image: a, resources: {}}]", "steps: [{image: a, computeResources: {}}]"],
    [
      "params: [{name: branch}]\nsteps:\n  - image: a\n    script: |\n      b\n      echo $(params.brunch) $(params.brunch)",
      "params: [{name: branch}]\nsteps:\n  - image: a\n    script: |\n      b\n      echo $(params.branch) $(params.branch)",
    ],
    [
      "params: [{name: a, enum: [amd64], default: amd46}]\nsteps: [{image: a}]",
      "params: [{name: a, enum: [amd64], default: amd64}]\nsteps: [{image: a}]",
    ],
    [
      "results: [{name: a}]\nsteps: [{image: b, script: $(results.a)}]",
      "results: [{name: a}]\nsteps: [{image: b, script: $(results.a.path)}]",
    ],
  ])("%s is mended", (spec, right) => {
    expect(mended(taskWith(spec))).toBe(taskWith(right));
    expect(foundIn(taskWith(right))).toEqual([]);
  });
});

describe("whatever a document holds", () => {
  const kinds = ["Task", "StepAction", "Pipeline", "PipelineRun", "TaskRun"];
  const versions = ["tekton.dev/v1", "tekton.dev/v1beta1"];
  const range = { line: 7, column: 3, endLine: 7, endColumn: 9 };
  const check = (value: unknown) => {
    const source = { file: "x", value, rangeOf: () => range, textEdits: () => undefined };
    for (const fault of tektonFaults(source)) {
      expect(fault.message).toMatch(/\.$/);
      expect(fault.help).toMatch(/[.?/]$/);
    }
  };

  test("no spec makes it throw", () => {
    const documents = fc.record({
      apiVersion: fc.constantFrom(...versions),
      kind: fc.constantFrom(...kinds),
      metadata: fc.oneof(fc.constant({ name: "a" }), fc.jsonValue()),
      spec: fc.jsonValue(),
    });
    fc.assert(fc.property(documents, check), { numRuns: 500 });
  });

  test("no value in place of another makes it throw", () => {
    const task = documentOf(everything).value;
    if (!isRecord(task)) throw new Error("no task");
    const places = pathsOf(task);
    const changes = fc.record({
      path: fc.constantFrom(...places),
      value: fc.oneof(fc.jsonValue(), fc.constant(null), fc.constant("$(params.x[*])")),
      apiVersion: fc.constantFrom(...versions),
    });
    fc.assert(
      fc.property(changes, ({ path, value, apiVersion }) => {
        const changed = structuredClone(task);
        put(changed, path, value);
        check({ ...changed, apiVersion });
      }),
      { numRuns: 500 },
    );
  });
});

function pathsOf(value: unknown): (string | number)[][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const part = Array.isArray(value) ? Number(key) : key;
    return [[part], ...pathsOf(child).map((rest) => [part, ...rest])];
  });
}

function put(value: unknown, [part, ...rest]: readonly (string | number)[], replacement: unknown) {
  if (typeof value !== "object" || value === null || part === undefined) return;
  if (rest.length === 0) Reflect.set(value, part, replacement);
  else put(Reflect.get(value, part), rest, replacement);
}
