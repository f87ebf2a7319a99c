function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function mapList(value: unknown, change: (item: unknown) => unknown): unknown {
  return Array.isArray(value) ? value.map(change) : value;
}

function convertStep(step: unknown): unknown {
  if (!isObject(step) || !("resources" in step)) return step;
  const { resources, ...rest } = step;
  return { ...rest, computeResources: resources };
}

function convertTaskSpec(spec: unknown): unknown {
  if (!isObject(spec)) return spec;
  return {
    ...spec,
    ...("steps" in spec && { steps: mapList(spec["steps"], convertStep) }),
    ...("stepTemplate" in spec && { stepTemplate: convertStep(spec["stepTemplate"]) }),
  };
}

function convertPipelineTask(task: unknown): unknown {
  if (!isObject(task) || !("taskSpec" in task)) return task;
  return { ...task, taskSpec: convertTaskSpec(task["taskSpec"]) };
}

function convertPipelineSpec(spec: unknown): unknown {
  if (!isObject(spec)) return spec;
  return {
    ...spec,
    ...("tasks" in spec && { tasks: mapList(spec["tasks"], convertPipelineTask) }),
    ...("finally" in spec && { finally: mapList(spec["finally"], convertPipelineTask) }),
  };
}

function convertTaskRunSpecOfTask(spec: unknown): unknown {
  if (!isObject(spec)) return spec;
  const { taskServiceAccountName, taskPodTemplate, ...rest } = spec;
  return {
    ...rest,
    ...(taskServiceAccountName !== undefined && { serviceAccountName: taskServiceAccountName }),
    ...(taskPodTemplate !== undefined && { podTemplate: taskPodTemplate }),
  };
}

function convertPipelineRunSpec(spec: unknown): unknown {
  if (!isObject(spec)) return spec;
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
  if (!isObject(spec) || !("taskSpec" in spec)) return spec;
  return { ...spec, taskSpec: convertTaskSpec(spec["taskSpec"]) };
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
  if (!isObject(value) || value["apiVersion"] !== "tekton.dev/v1beta1") return value;
  const kind = value["kind"];
  const convert = typeof kind === "string" ? converters[kind] : undefined;
  return {
    ...value,
    apiVersion: "tekton.dev/v1",
    ...(convert !== undefined && { spec: convert(value["spec"]) }),
  };
}
