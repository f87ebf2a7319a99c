import { quoted } from "../../quoted.ts";
import type { NodePath } from "../../yaml/types.ts";
import type {
  ObjectMeta,
  ParamSpec,
  Pipeline,
  PipelineRun,
  PipelineSpec,
  ResultSpec,
  StepAction,
  Task,
  TaskRun,
  TaskSpec,
} from "../types.ts";
import { declaredType } from "./value-use.ts";
import type { TektonFault } from "./tekton-fault.ts";

interface Form {
  readonly pattern: RegExp;
  readonly longest: number;
  readonly words: string;
}

/** Steps, sidecars and tasks become names of containers and parts of names of pods. */
const label: Form = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  longest: 63,
  words: "small letters, digits and dashes, with a letter or digit at both ends",
};
const objectName: Form = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  longest: 63,
  words: "small letters, digits, dashes and dots, with a letter or digit at both ends",
};
const prefix: Form = {
  pattern: /^[a-z0-9][-a-z0-9.]*$/,
  longest: 200,
  words: "small letters, digits, dashes and dots, with a letter or digit at its beginning",
};
const paramName: Form = {
  pattern: /^[_a-zA-Z][_a-zA-Z0-9.-]*$/,
  longest: 253,
  words: "letters, digits, `-`, `_` and `.`, with a letter or `_` at its beginning",
};
const objectKey: Form = {
  pattern: /^[_a-zA-Z][_a-zA-Z0-9-]*$/,
  longest: 253,
  words: "letters, digits, `-` and `_`, with a letter or `_` at its beginning",
};
const resultName: Form = {
  pattern: /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/,
  longest: 253,
  words: "letters, digits, `-`, `_` and `.`, with a letter or digit at both ends",
};
/** Becomes the name of a directory. */
const workspaceName: Form = {
  pattern: /^[A-Za-z0-9_]([-A-Za-z0-9_.]*[A-Za-z0-9_])?$/,
  longest: 253,
  words: "letters, digits, `-`, `_` and `.`, with a letter, digit or `_` at both ends",
};
/** The name may be a variable. */
const volumeName: Form = {
  ...label,
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$|\$\(/,
};
const labelKey: Form = {
  pattern: /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/,
  longest: 317,
  words:
    "a name of at most 63 letters, digits, `-`, `_` and `.`, after a domain and a `/` or alone",
};
const labelValue: Form = {
  pattern: /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/,
  longest: 63,
  words: "letters, digits, `-`, `_` and `.`, with a letter or digit at both ends",
};

function formFaults(
  name: string | undefined,
  form: Form,
  kind: string,
  path: NodePath,
  part: TektonFault["part"] = "value",
): TektonFault[] {
  if (name === undefined || (form.pattern.test(name) && name.length <= form.longest)) return [];
  const long = name.length > form.longest;
  return [
    {
      rule: "tekton-name",
      path,
      part,
      message: long
        ? `${quoted(name)} is too long for the ${kind}: it has ${name.length} characters, and ${form.longest} are allowed.`
        : `${quoted(name)} can't be the ${kind}.`,
      help: long ? "Shorten it." : `Write ${form.words}.`,
    },
  ];
}

function listFaults(
  list: readonly { readonly name?: string }[] | undefined,
  form: Form,
  kind: string,
  at: NodePath,
): TektonFault[] {
  return (list ?? []).flatMap(({ name }, index) =>
    formFaults(name, form, kind, [...at, index, "name"]),
  );
}

function keyFaults(
  map: Readonly<Record<string, unknown>> | undefined,
  form: Form,
  kind: string,
  at: NodePath,
): TektonFault[] {
  return Object.keys(map ?? {}).flatMap((key) => formFaults(key, form, kind, [...at, key], "key"));
}

function paramNameFaults(params: readonly ParamSpec[] | undefined, at: NodePath): TektonFault[] {
  return (params ?? []).flatMap((param, index) => {
    const isObject = declaredType(param) === "object";
    const form = isObject ? objectKey : paramName;
    const kind = isObject ? "name of a param of type object" : "name of a param";
    return [
      ...formFaults(param.name, form, kind, [...at, index, "name"]),
      ...keyFaults(param.properties, objectKey, "key of an object", [...at, index, "properties"]),
    ];
  });
}

function resultNameFaults(results: readonly ResultSpec[] | undefined, at: NodePath) {
  return listFaults(results, resultName, "name of a result", at);
}

function taskNameFaults(spec: TaskSpec, at: NodePath): TektonFault[] {
  return [
    ...paramNameFaults(spec.params, [...at, "params"]),
    ...resultNameFaults(spec.results, [...at, "results"]),
    ...listFaults(spec.workspaces, workspaceName, "name of a workspace", [...at, "workspaces"]),
    ...listFaults(spec.steps, label, "name of a step", [...at, "steps"]),
    ...spec.steps.flatMap(({ results }, index) =>
      resultNameFaults(results, [...at, "steps", index, "results"]),
    ),
    ...listFaults(spec.sidecars, label, "name of a sidecar", [...at, "sidecars"]),
    ...listFaults(spec.volumes, volumeName, "name of a volume", [...at, "volumes"]),
  ];
}

function pipelineNameFaults(spec: PipelineSpec, at: NodePath): TektonFault[] {
  return [
    ...paramNameFaults(spec.params, [...at, "params"]),
    ...listFaults(spec.workspaces, workspaceName, "name of a workspace", [...at, "workspaces"]),
    ...(["tasks", "finally"] as const).flatMap((section) => [
      ...listFaults(spec[section], label, "name of a task", [...at, section]),
      ...(spec[section] ?? []).flatMap(({ taskSpec }, index) =>
        taskSpec === undefined ? [] : taskNameFaults(taskSpec, [...at, section, index, "taskSpec"]),
      ),
    ]),
  ];
}

function metadataFaults({ name, generateName, labels, annotations }: ObjectMeta): TektonFault[] {
  return [
    ...formFaults(name, objectName, "name of an object", ["metadata", "name"]),
    ...formFaults(generateName, prefix, "beginning of a name", ["metadata", "generateName"]),
    ...keyFaults(labels, labelKey, "key of a label", ["metadata", "labels"]),
    ...Object.entries(labels ?? {}).flatMap(([key, value]) =>
      formFaults(value, labelValue, "value of a label", ["metadata", "labels", key]),
    ),
    ...keyFaults(annotations, labelKey, "key of an annotation", ["metadata", "annotations"]),
  ];
}

function specNameFaults(
  object: Task | StepAction | Pipeline | PipelineRun | TaskRun,
): TektonFault[] {
  switch (object.kind) {
    case "Task":
      return taskNameFaults(object.spec, ["spec"]);
    case "StepAction":
      return [
        ...paramNameFaults(object.spec.params, ["spec", "params"]),
        ...resultNameFaults(object.spec.results, ["spec", "results"]),
      ];
    case "Pipeline":
      return pipelineNameFaults(object.spec, ["spec"]);
    case "PipelineRun": {
      const { pipelineSpec, workspaces } = object.spec;
      const at = ["spec", "pipelineSpec"];
      return [
        ...listFaults(workspaces, workspaceName, "name of a workspace", ["spec", "workspaces"]),
        ...(pipelineSpec === undefined ? [] : pipelineNameFaults(pipelineSpec, at)),
      ];
    }
    case "TaskRun": {
      const { taskSpec, workspaces } = object.spec;
      return [
        ...listFaults(workspaces, workspaceName, "name of a workspace", ["spec", "workspaces"]),
        ...(taskSpec === undefined ? [] : taskNameFaults(taskSpec, ["spec", "taskSpec"])),
      ];
    }
  }
}

/**
 * Names that have not the form that Tekton and Kubernetes ask for. Some become names of files and containers, so
 * nothing of this room hands out an object that has such a fault.
 */
export function nameFaults(
  object: Task | StepAction | Pipeline | PipelineRun | TaskRun,
): TektonFault[] {
  return [...metadataFaults(object.metadata), ...specNameFaults(object)];
}
