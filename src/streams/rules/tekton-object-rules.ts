import type { TektonObjectRuleId } from "../../tekton/faults/tekton-fault.ts";
import { error, warning } from "./rule.ts";
import type { Rule } from "./rule.ts";

const refused = "Tekton refuses it when it is applied or when the build starts, after the merge.";

/** Rules of every Tekton object, and of Tasks and StepActions by themselves. */
export const tektonObjectRules = {
  "tekton-invalid": {
    ...error,
    what: "A field of a Tekton object has a value of the wrong type or form.",
    why: refused,
    mend: "Write the value as the finding says.",
    example: {
      of: "task",
      wrong: "spec:\n  steps:\n    - image: busybox:1.37\n      script: 4\n",
      right: 'spec:\n  steps:\n    - image: busybox:1.37\n      script: "4"\n',
    },
  },
  "tekton-unknown-field": {
    ...error,
    what: "Tekton knows no field of this name at this place.",
    why: refused,
    mend: "Correct the spelling or the indentation, or remove the field.",
    example: {
      of: "task",
      wrong: "spec:\n  steps:\n    - image: busybox:1.37\n      scirpt: echo hello\n",
      right: "spec:\n  steps:\n    - image: busybox:1.37\n      script: echo hello\n",
    },
  },
  "tekton-missing-field": {
    ...error,
    what: "A field that Tekton needs is missing.",
    why: refused,
    mend: "Add the field.",
    example: {
      of: "task",
      wrong: "spec:\n  params:\n    - default: main\n",
      right: "spec:\n  params:\n    - name: branch\n      default: main\n",
    },
  },
  "tekton-name": {
    ...error,
    what: "A name in a Tekton object has characters that are not allowed there, or is too long.",
    why: "Names become names of containers, files and variables; Tekton or Kubernetes refuses them.",
    mend: "Write the name with the characters that the finding lists.",
    example: {
      of: "task",
      wrong: "spec:\n  steps:\n    - name: Build It\n      image: busybox:1.37\n",
      right: "spec:\n  steps:\n    - name: build-it\n      image: busybox:1.37\n",
    },
  },
  "tekton-duplicate": {
    ...error,
    what: "Two things of one kind have the same name: params, workspaces, tasks, steps, sidecars, volumes or results.",
    why: refused,
    mend: "Rename or remove one of the two.",
    example: {
      of: "task",
      wrong: "spec:\n  params:\n    - name: branch\n    - name: branch\n      default: main\n",
      right: "spec:\n  params:\n    - name: branch\n      default: main\n",
    },
  },
  "tekton-gone": {
    ...error,
    what: "A kind, a version or a field was removed from Tekton.",
    why: "A cluster of today does not know it any more.",
    mend: "Use what has replaced it; the finding names it.",
    example: {
      of: "pipeline",
      wrong:
        "spec:\n  tasks:\n    - name: clone\n      taskRef:\n        name: git-clone\n        kind: ClusterTask\n",
      right: "spec:\n  tasks:\n    - name: clone\n      taskRef:\n        name: git-clone\n",
    },
  },
  "tekton-v1beta1": {
    ...warning,
    what: "A Task, a Pipeline or a run is written in `tekton.dev/v1beta1`.",
    why: "Tekton has replaced it by `tekton.dev/v1`, and will stop to serve it.",
    mend: "Write `apiVersion: tekton.dev/v1`, and rename the fields that the finding names.",
    example: {
      of: "task",
      wrong:
        "apiVersion: tekton.dev/v1beta1\nspec:\n  steps:\n    - image: busybox:1.37\n      script: echo hello\n      resources:\n        requests:\n          memory: 1Gi\n",
      right:
        "spec:\n  steps:\n    - image: busybox:1.37\n      script: echo hello\n      computeResources:\n        requests:\n          memory: 1Gi\n",
    },
  },
  "param-declaration": {
    ...error,
    what: "The declaration of a parameter contradicts itself: its type, default, `enum` or `properties`.",
    why: refused,
    mend: "Make them agree.",
    example: {
      of: "task",
      wrong: "spec:\n  params:\n    - name: packages\n      type: array\n      default: git\n",
      right: "spec:\n  params:\n    - name: packages\n      type: array\n      default: [git]\n",
    },
  },
  "step-without-image": {
    ...error,
    what: "A step or a sidecar has no image.",
    why: "There is nothing that it could run in.",
    mend: "Add `image` to it, or to the `stepTemplate`; or let the step refer to a StepAction.",
    example: {
      of: "task",
      wrong: "spec:\n  steps:\n    - script: echo hello\n",
      right: "spec:\n  steps:\n    - image: busybox:1.37\n      script: echo hello\n",
    },
  },
  "step-contradiction": {
    ...error,
    what: "A step has fields that exclude each other, such as `script` and `command`.",
    why: refused,
    mend: "Keep one of them.",
    example: {
      of: "task",
      wrong:
        "spec:\n  steps:\n    - image: busybox:1.37\n      command: [echo]\n      script: echo hello\n",
      right: "spec:\n  steps:\n    - image: busybox:1.37\n      script: echo hello\n",
    },
  },
  "variable-undeclared": {
    ...error,
    what: "A `$(…)` of Tekton names a param, workspace, result, step or context that is not there.",
    why: "Tekton refuses it, or leaves it as it stands, and the shell takes it for a command.",
    mend: "Correct the name, or declare what it names.",
    example: {
      of: "task",
      wrong:
        "spec:\n  params:\n    - name: branch\n  steps:\n    - image: busybox:1.37\n      script: echo $(params.brunch)\n",
      right:
        "spec:\n  params:\n    - name: branch\n  steps:\n    - image: busybox:1.37\n      script: echo $(params.branch)\n",
    },
  },
  "variable-misplaced": {
    ...error,
    what: "A `$(…)` of Tekton stands where its value can't be used, such as a whole array in a script.",
    why: "Tekton refuses it, or leaves it as it stands.",
    mend: "Use it as the finding says.",
    example: {
      of: "task",
      wrong:
        "spec:\n  params:\n    - name: packages\n      type: array\n  steps:\n    - image: busybox:1.37\n      script: echo $(params.packages[*])\n",
      right:
        "spec:\n  params:\n    - name: packages\n      type: array\n  steps:\n    - image: busybox:1.37\n      command: [echo]\n      args: ['$(params.packages[*])']\n",
    },
  },
  "mount-collision": {
    ...error,
    what: "Two workspaces or volumes are mounted at one path, or a volume where only Tekton mounts.",
    why: "One would hide the other; Tekton or Kubernetes refuses it.",
    mend: "Give one of the two another `mountPath`.",
    example: {
      of: "task",
      wrong:
        "spec:\n  workspaces:\n    - name: source\n      mountPath: /src\n    - name: cache\n      mountPath: /src\n",
      right: "spec:\n  workspaces:\n    - name: source\n      mountPath: /src\n    - name: cache\n",
    },
  },
  "volume-undeclared": {
    ...warning,
    what: "A step mounts a volume that its task does not declare.",
    why: "Unless the run's podTemplate has the volume, Kubernetes refuses the pod.",
    mend: "Correct the name, or declare the volume under `volumes`.",
    example: {
      of: "task",
      wrong:
        "spec:\n  steps:\n    - image: busybox:1.37\n      volumeMounts:\n        - name: cache\n          mountPath: /cache\n",
      right:
        "spec:\n  steps:\n    - image: busybox:1.37\n      volumeMounts:\n        - name: cache\n          mountPath: /cache\n  volumes:\n    - name: cache\n      emptyDir: {}\n",
    },
  },
} as const satisfies Record<TektonObjectRuleId, Rule>;
