import { error, warning } from "./rule.ts";
import type { Rule } from "./rule.ts";
import {
  layerBinding,
  layerListener,
  layerPipeline,
  layerPost,
  layerTemplate,
  localVolume,
  packTask,
} from "./tekton-file-examples.ts";

/** One trigger of the pipeline `layer`, whole; `changed` are the files that an example has otherwise. */
function triggerFiles(changed: Readonly<Record<string, string>>): Record<string, string> {
  return {
    "tekton/layer.yaml": layerPipeline(),
    "tekton/binding.yaml": layerBinding("version"),
    "tekton/template.yaml": layerTemplate(["version"], ["version"]),
    "tekton/listener.yaml": layerListener(),
    ...changed,
  };
}

const kustomization = (body: string) =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n${body}`;
const listed = kustomization("resources:\n  - pack.yaml\n");

/** Rules of triggers, and of the Kubernetes objects beside Tekton's. */
export const triggerRules = {
  "trigger-invalid": {
    ...error,
    what: "A TriggerTemplate, TriggerBinding, Trigger or EventListener is not as Tekton Triggers reads it.",
    why: "Tekton refuses it when it is applied, after the merge.",
    mend: "Correct the field that the finding names.",
    example: {
      of: "files",
      wrong: triggerFiles({
        "tekton/binding.yaml": layerBinding("version").replace("  params:", "  parameters:"),
      }),
      right: triggerFiles({}),
    },
  },
  "trigger-reference-missing": {
    ...warning,
    what: "A trigger names a binding, a template or an interceptor that is not among the files.",
    why: "Unless the cluster has it, requests are answered with 202 and no run starts.",
    mend: "Correct the name, or add the file.",
    example: {
      of: "files",
      wrong: triggerFiles({ "tekton/listener.yaml": layerListener("layers") }),
      right: triggerFiles({}),
    },
  },
  "trigger-param-undeclared": {
    ...error,
    what: "A TriggerTemplate uses `$(tt.params.NAME)` and declares no such parameter.",
    why: "Tekton refuses the template.",
    mend: "Correct the name, or declare the parameter.",
    example: {
      of: "files",
      wrong: triggerFiles({ "tekton/template.yaml": layerTemplate(["versoin"], ["version"]) }),
      right: triggerFiles({}),
    },
  },
  "trigger-param-unused": {
    ...warning,
    what: "A TriggerTemplate declares a parameter and uses it nowhere.",
    why: "What is sent for it goes nowhere; where nothing is sent, no run starts.",
    mend: "Use it, or remove it.",
    example: {
      of: "files",
      wrong: triggerFiles({
        "tekton/template.yaml": layerTemplate(["version", "reason"], ["version"]),
      }),
      right: triggerFiles({}),
    },
  },
  "trigger-param-missing": {
    ...error,
    what: "No binding gives a parameter that the TriggerTemplate uses and that has no default.",
    why: "The run is made with the text `$(tt.params.NAME)` in the place of a value.",
    mend: "Add it to the TriggerBinding, or give it a default.",
    example: {
      of: "files",
      wrong: triggerFiles({
        "tekton/template.yaml": layerTemplate(["version", "branch"], ["version", "branch"]),
      }),
      right: triggerFiles({
        "tekton/template.yaml": layerTemplate(["version", "branch"], ["version", "branch"]),
        "tekton/binding.yaml": layerBinding("version", "branch"),
      }),
    },
  },
  "trigger-param-unread": {
    ...warning,
    what: "A binding gives a parameter that the TriggerTemplate does not declare.",
    why: "The value goes nowhere, and the run silently uses something else.",
    mend: "Correct the name, or remove it.",
    example: {
      of: "files",
      wrong: triggerFiles({ "tekton/binding.yaml": layerBinding("version", "branch") }),
      right: triggerFiles({}),
    },
  },
  "trigger-unauthenticated": {
    ...warning,
    what: "A trigger has no interceptor that asks for a secret.",
    why: "Everyone who reaches the listener can start builds or promotions.",
    mend: "Add one with a `secretRef`, such as `github`.",
    example: {
      of: "files",
      wrong: triggerFiles({ "tekton/listener.yaml": layerListener("layer", "none") }),
      right: triggerFiles({}),
    },
  },
  "trigger-body-unread": {
    ...warning,
    what: "A CronJob sends a value that no binding reads, although the TriggerTemplate has a parameter of that name.",
    why: "The default counts, whatever is sent.",
    mend: "Read it in the TriggerBinding, or don't send it.",
    example: {
      of: "files",
      wrong: triggerFiles({
        "tekton/template.yaml": layerTemplate(
          ["version", "stage\n      default: next"],
          ["version", "stage"],
        ),
        "tekton/post.yaml": layerPost('{"version": "4.20", "stage": "stable"}'),
      }),
      right: triggerFiles({
        "tekton/template.yaml": layerTemplate(
          ["version", "stage\n      default: next"],
          ["version", "stage"],
        ),
        "tekton/binding.yaml": layerBinding("version", "stage"),
        "tekton/post.yaml": layerPost('{"version": "4.20", "stage": "stable"}'),
      }),
    },
  },
  "trigger-body-incomplete": {
    ...warning,
    what: "A CronJob does not send a value that a binding reads.",
    why: "The template's default counts silently; where there is none, no run starts.",
    mend: "Send it, or take it out of the binding.",
    example: {
      of: "files",
      wrong: triggerFiles({ "tekton/post.yaml": layerPost('{"branch": "main"}') }),
      right: triggerFiles({ "tekton/post.yaml": layerPost('{"version": "4.20"}') }),
    },
  },
  "persistent-volume-shared": {
    ...error,
    what: "Several persistent volumes are the same device or folder of the same machine.",
    why: "What one build writes, another deletes.",
    mend: "Give each a place of its own.",
    example: {
      of: "files",
      wrong: {
        "tekton/a.yaml": localVolume("a", "/dev/sdb"),
        "tekton/b.yaml": localVolume("b", "/dev/sdb"),
      },
      right: {
        "tekton/a.yaml": localVolume("a", "/dev/sdb"),
        "tekton/b.yaml": localVolume("b", "/dev/sdc"),
      },
    },
  },
  "kustomization-resource-missing": {
    ...error,
    what: "A kustomization.yaml names a file or a folder that does not exist, or a folder without a kustomization.yaml.",
    why: "kustomize builds nothing at all.",
    mend: "Correct the path, or add the file.",
    example: {
      of: "files",
      wrong: { "tekton/set/kustomization.yaml": listed },
      right: { "tekton/set/kustomization.yaml": listed, "tekton/set/pack.yaml": packTask("pack") },
    },
  },
  "kustomization-deprecated": {
    ...warning,
    what: "A kustomization.yaml uses a field that kustomize has replaced, such as `bases`.",
    why: "Kustomize warns of it, and will drop it.",
    mend: "Use what has replaced it; the finding names it.",
    example: {
      of: "files",
      wrong: {
        "tekton/set/kustomization.yaml": listed.replace("resources", "bases"),
        "tekton/set/pack.yaml": packTask("pack"),
      },
      right: { "tekton/set/kustomization.yaml": listed, "tekton/set/pack.yaml": packTask("pack") },
    },
  },
  "kustomization-namespace": {
    ...warning,
    what: "A file names a namespace, and the kustomization.yaml beside it puts it into another.",
    why: "Who reads or applies the file alone gets something else than kustomize makes.",
    mend: "Leave the namespace out of the file, or correct one of them.",
    example: {
      of: "files",
      wrong: {
        "tekton/set/kustomization.yaml": kustomization(
          "namespace: builds\nresources:\n  - pack.yaml\n",
        ),
        "tekton/set/pack.yaml": packTask("pack\n  namespace: release"),
      },
      right: {
        "tekton/set/kustomization.yaml": kustomization(
          "namespace: builds\nresources:\n  - pack.yaml\n",
        ),
        "tekton/set/pack.yaml": packTask("pack"),
      },
    },
  },
  "kustomization-file-unlisted": {
    severity: "notice",
    what: "A file stands beside a kustomization.yaml that does not name it.",
    why: "kustomize leaves it out, so what it says is applied nowhere.",
    mend: "Add it to `resources`, or remove it.",
    example: {
      of: "files",
      wrong: {
        "tekton/set/kustomization.yaml": listed,
        "tekton/set/pack.yaml": packTask("pack"),
        "tekton/set/ship.yaml": packTask("ship"),
      },
      right: { "tekton/set/kustomization.yaml": listed, "tekton/set/pack.yaml": packTask("pack") },
    },
  },
} as const satisfies Record<string, Rule>;
