import { isRecord, withoutField } from "./value-at.ts";

function mapList(value: unknown, change: (item: unknown) => unknown): unknown {
  return Array.isArray(value) ? value.map(change) : value;
}

/** Fields of a step that v1beta1 still takes and Tekton ignores. */
export const ignoredStepFields: readonly string[] = [
  "ports",
  "livenessProbe",
  "readinessProbe",
  "startupProbe",
  "lifecycle",
  "terminationMessagePath",
  "terminationMessagePolicy",
  "stdin",
  "stdinOnce",
  "tty",
];

function convertContainer(container: unknown): unknown {
  if (!isRecord(container) || !("resources" in container)) return container;
  const { resources, ...rest } = container;
  return { ...rest, computeResources: resources };
}

function convertStep(step: unknown): unknown {
  if (!isRecord(step)) return step;
  const known = Object.entries(step).filter(([field]) => !ignoredStepFields.includes(field));
  return convertContainer(Object.fromEntries(known));
}

function convertStepTemplate(template: unknown): unknown {
  const converted = convertStep(template);
  return isRecord(converted) ? withoutField(converted, "name") : converted;
}

function convertTaskSpec(spec: unknown): unknown {
  if (!isRecord(spec)) return spec;
  return {
    ...spec,
    ...("steps" in spec && { steps: mapList(spec["steps"], convertStep) }),
    ...("stepTemplate" in spec && { stepTemplate: convertStepTemplate(spec["stepTemplate"]) }),
    ...("sidecars" in spec && { sidecars: mapList(spec["sidecars"], convertContainer) }),
  };
}

function convertPipelineTask(task: unknown): unknown {
  if (!isRecord(task) || !("taskSpec" in task)) return task;
  return { ...task, taskSpec: convertTaskSpec(task["taskSpec"]) };
}

function convertPipelineSpec(spec: unknown): unknown {
  if (!isRecord(spec)) return spec;
  return {
    ...spec,
    ...("tasks" in spec && { tasks: mapList(spec["tasks"], convertPipelineTask) }),
    ...("finally" in spec && { finally: mapList(spec["finally"], convertPipelineTask) }),
  };
}

function convertOverrides(spec: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { stepOverrides, sidecarOverrides, ...rest } = spec;
  return {
    ...rest,
    ...(stepOverrides !== undefined && { stepSpecs: mapList(stepOverrides, convertContainer) }),
    ...(sidecarOverrides !== undefined && {
      sidecarSpecs: mapList(sidecarOverrides, convertContainer),
    }),
  };
}

function convertTaskRunSpecOfTask(spec: unknown): unknown {
  if (!isRecord(spec)) return spec;
  const { taskServiceAccountName, taskPodTemplate, ...rest } = convertOverrides(spec);
  return {
    ...rest,
    ...(taskServiceAccountName !== undefined && { serviceAccountName: taskServiceAccountName }),
    ...(taskPodTemplate !== undefined && { podTemplate: taskPodTemplate }),
  };
}

function convertPipelineRunSpec(spec: unknown): unknown {
  if (!isRecord(spec)) return spec;
  const { serviceAccountName, podTemplate, timeout, pipelineSpec, taskRunSpecs, ...rest } = spec;
  const template = {
    ...(serviceAccountName !== undefined && { serviceAccountName }),
    ...(podTemplate !== undefined && { podTemplate }),
  };
  return {
    ...rest,
    ...(Object.keys(template).length > 0 && { taskRunTemplate: template }),
    ...(timeout !== undefined && { timeouts: { pipeline: timeout } }),
    ...(pipelineSpec !== undefined && { pipelineSpec: convertPipelineSpec(pipelineSpec) }),
    ...(taskRunSpecs !== undefined && {
      taskRunSpecs: mapList(taskRunSpecs, convertTaskRunSpecOfTask),
    }),
  };
}

function convertTaskRunSpec(spec: unknown): unknown {
  if (!isRecord(spec)) return spec;
  const { taskSpec, ...rest } = convertOverrides(spec);
  return { ...rest, ...(taskSpec !== undefined && { taskSpec: convertTaskSpec(taskSpec) }) };
}

const converters: Readonly<Record<string, (spec: unknown) => unknown>> = {
  Task: convertTaskSpec,
  Pipeline: convertPipelineSpec,
  PipelineRun: convertPipelineRunSpec,
  TaskRun: convertTaskRunSpec,
};

/**
 * A tekton.dev/v1beta1 object as tekton.dev/v1; anything else as it is. Fields that v1 dropped for good
 * (bundles, PipelineResources) are left in place, so that the schema of v1 refuses them by name.
 * https://tekton.dev/docs/pipelines/migrating-v1beta1-to-v1/
 */
export function convertV1beta1(value: unknown): unknown {
  if (!isRecord(value) || value["apiVersion"] !== "tekton.dev/v1beta1") return value;
  const kind = value["kind"];
  const convert = typeof kind === "string" ? converters[kind] : undefined;
  return {
    ...value,
    apiVersion: "tekton.dev/v1",
    ...(convert !== undefined && { spec: convert(value["spec"]) }),
  };
}
