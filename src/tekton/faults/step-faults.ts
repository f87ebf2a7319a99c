import { quoted } from "../../quoted.ts";
import { nearestName, suggestName } from "../../suggest-name.ts";
import { replaceValue } from "../../yaml/node-fix.ts";
import type { NodePath } from "../../yaml/types.ts";
import type { ContainerFields, EnvVar, Step } from "../types.ts";
import { duplicateFaults } from "./duplicate-faults.ts";
import { referenceFaults } from "./reference-faults.ts";
import type { TektonFault } from "./tekton-fault.ts";
import { durationFaults } from "./timeout-faults.ts";
import { whenFaults } from "./when-faults.ts";

/** What is wrong with a step at `at` by itself; `template` is what it takes from the `stepTemplate`. */
export function stepFaults(step: Step, template: ContainerFields, at: NodePath): TektonFault[] {
  return [
    ...(step.ref === undefined ? contentFaults(step, template, at) : refFaults(step, at)),
    ...envFaults(step.env, [...at, "env"]),
    ...durationFaults(step.timeout, [...at, "timeout"]),
    ...onErrorFaults(step.onError, [...at, "onError"]),
    ...whenFaults(step.when, [...at, "when"]),
  ];
}

/** What a step, a sidecar or a StepAction runs: an image, and a script or a command. */
export function contentFaults(
  step: Pick<Step, "name" | "image" | "script" | "command" | "params">,
  template: ContainerFields,
  at: NodePath,
  kind = "step",
): TektonFault[] {
  const { name = "", script = "" } = step;
  const image = step.image ?? template.image ?? "";
  const commands = step.command ?? template.command ?? [];
  const faults: TektonFault[] = [];
  if (image === "") {
    faults.push({
      rule: "step-without-image",
      ...(name === ""
        ? { path: at, part: "key", message: "It has no image." }
        : {
            path: [...at, "name"],
            part: "value",
            message: `The ${kind} ${quoted(name)} has no image.`,
          }),
      help: "Add `image`, the container image that it runs in.",
    });
  }
  if (script !== "" && commands.length > 0) {
    faults.push({
      rule: "step-contradiction",
      path: [...at, step.command === undefined ? "script" : "command"],
      part: "key",
      message:
        step.command === undefined
          ? "There is a `script` beside the `command` of the `stepTemplate`."
          : "There is a `command` beside the `script`.",
      help: "Keep one of the two; a script may begin with `#!` and its interpreter.",
    });
  }
  if ((step.params ?? []).length > 0) {
    faults.push({
      rule: "step-contradiction",
      path: [...at, "params"],
      part: "key",
      message: "The step has `params`, and refers to no StepAction that takes them.",
      help: "Declare them under `params` of the task; a step uses those as they are.",
    });
  }
  return faults;
}

const ofStepAction = [
  "image",
  "command",
  "args",
  "script",
  "workingDir",
  "env",
  "volumeMounts",
  "results",
];

function refFaults(step: Step, at: NodePath): TektonFault[] {
  const isWritten = (value: unknown) =>
    value !== "" && !(Array.isArray(value) && value.length === 0);
  const both = Object.entries(step).flatMap(([field, value]) =>
    ofStepAction.includes(field) && isWritten(value) ? [field] : [],
  );
  return [
    ...both.map((field): TektonFault => ({
      rule: "step-contradiction",
      path: [...at, field],
      part: "key",
      message: `The step refers to a StepAction, and has \`${field}\` of its own.`,
      help: `Remove \`${field}\`: the StepAction says what runs.`,
    })),
    ...(step.ref === undefined ? [] : referenceFaults(step.ref, [...at, "ref"])),
    ...duplicateFaults(step.params, [...at, "params"], "parameter"),
  ];
}

/** Kubernetes refuses a pod with such a variable. */
export function envFaults(env: readonly EnvVar[] | undefined, at: NodePath): TektonFault[] {
  return (env ?? []).flatMap(({ name, value = "", valueFrom }, index): TektonFault[] => {
    if (value === "" || valueFrom === undefined) return [];
    return [
      {
        rule: "step-contradiction",
        path: [...at, index, "valueFrom"],
        part: "key",
        message: `The variable ${quoted(name)} has both \`value\` and \`valueFrom\`.`,
        help: "Keep one of the two.",
      },
    ];
  });
}

const reactions = ["continue", "stopAndFail"];

function onErrorFaults(onError: string | undefined, path: NodePath): TektonFault[] {
  if (onError === undefined || onError === "" || reactions.includes(onError)) return [];
  if (onError.startsWith("$(params")) return [];
  const nearest = nearestName(onError, reactions);
  return [
    {
      rule: "tekton-invalid",
      path,
      part: "value",
      message: `A step can't do ${quoted(onError)} on an error.`,
      help: suggestName(onError, reactions, "possible value"),
      ...(nearest !== undefined && { fix: replaceValue(path, nearest) }),
    },
  ];
}
