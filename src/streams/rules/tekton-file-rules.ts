import { error, warning } from "./rule.ts";
import type { Rule } from "./rule.ts";
import { layerPipeline, layerRun, packTask, runOf } from "./tekton-file-examples.ts";

const forgotten =
  "Nobody notices a default that stands in for a forgotten value, until the wrong thing is released.";
const claim = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: layers\n";
const bound = (name: string) =>
  `  workspaces:\n    - name: source\n      persistentVolumeClaim:\n        claimName: ${name}\n`;
const version = { version: "4.20" };

/** Rules of Tekton files against each other, and of what Tekton accepts and people regret. */
export const tektonFileRules = {
  "value-unquoted": {
    ...error,
    what: "A text without quotes that Kubernetes reads as something else.",
    why: "Kubernetes reads YAML 1.1: `no` is false there, `1_000` a number, and 4.20 arrives as 4.2.",
    mend: "Put the value in quotes.",
    example: {
      of: "files",
      wrong: { "tekton/run.yaml": runOf("4.20") },
      right: { "tekton/run.yaml": runOf('"4.20"') },
    },
  },
  "tekton-name-twice": {
    ...error,
    what: "Two Tekton objects of one folder have the same kind, name and namespace.",
    why: "The one that is applied last replaces the other.",
    mend: "Rename one of them, or remove it.",
    example: {
      of: "files",
      wrong: { "tekton/tasks/a.yaml": packTask("pack"), "tekton/tasks/b.yaml": packTask("pack") },
      right: { "tekton/tasks/a.yaml": packTask("pack"), "tekton/tasks/b.yaml": packTask("ship") },
    },
  },
  "run-workspace-unknown": {
    ...warning,
    what: "A run binds a workspace that its pipeline or task does not declare.",
    why: "It has no effect; for a TaskRun, Tekton refuses it.",
    mend: "Correct the name, or remove it.",
    example: {
      of: "files",
      wrong: {
        "tekton/layer.yaml": layerPipeline(),
        "tekton/run.yaml": layerRun(
          "layer-1",
          version,
          "  workspaces:\n    - name: cache\n      emptyDir: {}\n",
        ),
      },
      right: {
        "tekton/layer.yaml": layerPipeline(),
        "tekton/run.yaml": layerRun(
          "layer-1",
          version,
          "  workspaces:\n    - name: source\n      emptyDir: {}\n",
        ),
      },
    },
  },
  "run-param-defaulted": {
    ...warning,
    what: "A run leaves a parameter to its default, and at least as many runs of the same pipeline give it.",
    why: forgotten,
    mend: "Give the parameter, even where the default is right.",
    example: {
      of: "files",
      wrong: {
        "tekton/layer.yaml": layerPipeline(),
        "tekton/a.yaml": layerRun("layer-a", { version: "4.19", stage: "stable" }),
        "tekton/b.yaml": layerRun("layer-b", { version: "4.20" }),
      },
      right: {
        "tekton/layer.yaml": layerPipeline(),
        "tekton/a.yaml": layerRun("layer-a", { version: "4.19", stage: "stable" }),
        "tekton/b.yaml": layerRun("layer-b", { version: "4.20", stage: "next" }),
      },
    },
  },
  "run-version-branch": {
    ...warning,
    what: "A run builds a version from a branch of another version, or from another branch than a run whose branch has the version in its name.",
    why: "What is published as one version holds another.",
    mend: "Correct the branch or the version.",
    example: {
      of: "files",
      wrong: {
        "tekton/layer.yaml": layerPipeline(),
        "tekton/run.yaml": layerRun("layer-1", { version: "4.20", branch: "release-4.19" }),
      },
      right: {
        "tekton/layer.yaml": layerPipeline(),
        "tekton/run.yaml": layerRun("layer-1", { version: "4.20", branch: "release-4.20" }),
      },
    },
  },
  "run-output-shared": {
    ...warning,
    what: "Runs of several versions write to the same bucket and folder, or to the same image and tag.",
    why: "Each overwrites what another has published.",
    mend: "Make the version a part of the place.",
    example: {
      of: "files",
      wrong: {
        "tekton/layer.yaml": layerPipeline("aws s3 sync out s3://layers/$(params.stage)"),
        "tekton/a.yaml": layerRun("layer-a", { version: "4.19", stage: "next" }),
        "tekton/b.yaml": layerRun("layer-b", { version: "4.20", stage: "next" }),
      },
      right: {
        "tekton/layer.yaml": layerPipeline("aws s3 sync out s3://layers/$(params.version)"),
        "tekton/a.yaml": layerRun("layer-a", { version: "4.19", stage: "next" }),
        "tekton/b.yaml": layerRun("layer-b", { version: "4.20", stage: "next" }),
      },
    },
  },
  "claim-not-found": {
    ...warning,
    what: "A run binds a persistent volume claim that is none of those among the files.",
    why: "The run waits for the claim until it times out.",
    mend: "Correct the name, or add the claim.",
    example: {
      of: "files",
      wrong: {
        "tekton/claim.yaml": claim,
        "tekton/layer.yaml": layerPipeline(),
        "tekton/run.yaml": layerRun("layer-1", version, bound("layer")),
      },
      right: {
        "tekton/claim.yaml": claim,
        "tekton/layer.yaml": layerPipeline(),
        "tekton/run.yaml": layerRun("layer-1", version, bound("layers")),
      },
    },
  },
  "task-param-defaulted": {
    ...warning,
    what: "A task of a pipeline takes its own default for a parameter, although the pipeline has one of that name.",
    why: forgotten,
    mend: "Hand the pipeline's parameter on, or give the task its value.",
    example: {
      of: "files",
      wrong: { "tekton/layer.yaml": layerPipeline("make layer", false) },
      right: { "tekton/layer.yaml": layerPipeline("make layer") },
    },
  },
  "task-timeout-default": {
    ...warning,
    what: "A run may take longer than an hour, and its tasks have no timeout of their own.",
    why: "Tekton ends each such task after one hour, whatever the run as a whole may take.",
    mend: "Add a `timeout` to each task that takes longer, or `timeouts.tasks` to the run.",
    example: {
      of: "files",
      wrong: {
        "tekton/layer.yaml": layerPipeline(),
        "tekton/run.yaml": layerRun("layer-1", version, "  timeouts:\n    pipeline: 4h\n"),
      },
      right: {
        "tekton/layer.yaml": layerPipeline(),
        "tekton/run.yaml": layerRun(
          "layer-1",
          version,
          "  timeouts:\n    pipeline: 4h\n    tasks: 3h50m\n",
        ),
      },
    },
  },
  "step-timeout-unreachable": {
    ...warning,
    what: "A step may take longer than its task.",
    why: "The task ends first; where it has no timeout, after one hour.",
    mend: "Give the task of the pipeline a longer `timeout`, or the step a shorter one.",
    example: {
      of: "pipeline",
      wrong:
        "spec:\n  tasks:\n    - name: build\n      timeout: 2h\n      taskSpec:\n        steps:\n          - name: build\n            image: quay.io/example/tools:1\n            timeout: 4h\n",
      right:
        "spec:\n  tasks:\n    - name: build\n      timeout: 4h\n      taskSpec:\n        steps:\n          - name: build\n            image: quay.io/example/tools:1\n            timeout: 4h\n",
    },
  },
  "param-placeholder": {
    ...warning,
    what: "The default of a parameter holds a placeholder such as `<your-organization>`.",
    why: "A run that forgets the parameter fails at its end, after hours.",
    mend: "Remove the default.",
    example: {
      of: "task",
      wrong:
        "spec:\n  params:\n    - name: image\n      default: quay.io/<your-organization>/release\n",
      right: "spec:\n  params:\n    - name: image\n",
    },
  },
  "step-image-unpinned": {
    severity: "notice",
    what: "A step's image has the tag `latest` or none.",
    why: "It changes without a review: the same files build something else tomorrow.",
    mend: "Name a digest or at least a version.",
    example: {
      of: "task",
      wrong: "spec:\n  steps:\n    - name: build\n      image: quay.io/example/tools:latest\n",
      right: "spec:\n  steps:\n    - name: build\n      image: quay.io/example/tools:1.4.2\n",
    },
  },
  "step-secret-traced": {
    ...warning,
    what: "A script under `set -x` uses a secret on a command line.",
    why: "The secret is printed to the log, which many may read.",
    mend: "Leave out the `x`, or write `set +x` before the secret is used.",
    example: {
      of: "task",
      wrong:
        "spec:\n  steps:\n    - name: log-in\n      image: quay.io/example/tools:1\n      env:\n        - name: TOKEN\n          valueFrom:\n            secretKeyRef:\n              name: login\n              key: token\n      script: |\n        #!/bin/bash\n        set -ex\n        oc login --token=$TOKEN\n",
      right:
        "spec:\n  steps:\n    - name: log-in\n      image: quay.io/example/tools:1\n      env:\n        - name: TOKEN\n          valueFrom:\n            secretKeyRef:\n              name: login\n              key: token\n      script: |\n        #!/bin/bash\n        set -e\n        oc login --token=$TOKEN\n",
    },
  },
  "result-secret": {
    ...warning,
    what: "A result is named like a secret: token, password, key.",
    why: "Results stand in the status of the run, for everyone who may see it.",
    mend: "Hand it on in a file of a workspace, or get it in the step that needs it.",
    example: {
      of: "task",
      wrong: "spec:\n  results:\n    - name: github-token\n",
      right: "spec:\n  results:\n    - name: release-url\n",
    },
  },
  "test-disabled": {
    ...warning,
    what: "A task that tests or verifies has a command that is commented out.",
    why: "It succeeds without having tested, and what it was to stop is published.",
    mend: "Run the command again, or remove it.",
    example: {
      of: "task",
      wrong:
        "metadata:\n  name: image-test\nspec:\n  steps:\n    - name: test\n      image: quay.io/example/tools:1\n      script: |\n        make image\n        #make test\n",
      right:
        "metadata:\n  name: image-test\nspec:\n  steps:\n    - name: test\n      image: quay.io/example/tools:1\n      script: |\n        make image\n        make test\n",
    },
  },
} as const satisfies Record<string, Rule>;
