import type { ObjectRef, PipelineRun, PipelineTask, TaskRun, TaskSpec } from "../tekton/types.ts";

interface Place {
  readonly at: string;
  readonly value: object;
}

const stepFields = [
  "envFrom",
  "ref",
  "params",
  "results",
  "when",
  "volumeMounts",
  "volumeDevices",
  "workspaces",
  "stdoutConfig",
  "stderrConfig",
];
const taskFields = ["sidecars", "volumes"];
/** What a pod template asks of a cluster's nodes, networks and registries; nothing of it changes what steps do here. */
const clusterFields = [
  "nodeSelector",
  "tolerations",
  "affinity",
  "securityContext",
  "runtimeClassName",
  "automountServiceAccountToken",
  "dnsPolicy",
  "dnsConfig",
  "enableServiceLinks",
  "priorityClassName",
  "schedulerName",
  "imagePullSecrets",
  "hostAliases",
  "hostNetwork",
  "hostUsers",
  "topologySpreadConstraints",
];
const bindingFields = ["projected", "csi"];

function isUsed(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined;
}

function usedFields({ at, value }: Place, fields: readonly string[]): readonly string[] {
  return Object.entries(value)
    .filter(([field, content]) => fields.includes(field) && isUsed(content))
    .map(([field]) => `${at}.${field}`);
}

function unsupportedRef(at: string, ref: ObjectRef | undefined): readonly string[] {
  if (ref?.resolver === undefined || ref.resolver === "git") return [];
  return [`${at}.resolver (${ref.resolver})`];
}

/** Fields of a Task's spec that the local runner does not carry out, as `AT.steps[0].ref`. */
export function unsupportedInTask(spec: TaskSpec, at: string): readonly string[] {
  const steps = spec.steps.flatMap((step, index) => {
    const place = `${at}.steps[${index}]`;
    const command = step.command ?? spec.stepTemplate?.command ?? [];
    const entrypoint =
      step.script === undefined && command.length === 0 && step.ref === undefined
        ? [`${place} (without script or command: the image's entrypoint)`]
        : [];
    return [...usedFields({ at: place, value: step }, stepFields), ...entrypoint];
  });
  const template =
    spec.stepTemplate === undefined
      ? []
      : usedFields({ at: `${at}.stepTemplate`, value: spec.stepTemplate }, stepFields);
  return [...usedFields({ at, value: spec }, taskFields), ...template, ...steps];
}

/** A reference to what only another controller could run. */
function customTask(at: string, { taskRef }: PipelineTask): readonly string[] {
  const { apiVersion = "" } = taskRef ?? {};
  const isCustom = apiVersion !== "" && !apiVersion.startsWith("tekton.dev/");
  return isCustom ? [`${at}.taskRef (the custom task ${apiVersion} ${taskRef?.kind ?? ""})`] : [];
}

/** Fields of a pipeline's task that the local runner does not carry out; its Task is looked at apart. */
export function unsupportedInPipelineTask(task: PipelineTask, at: string): readonly string[] {
  const isPipeline = task.pipelineRef !== undefined || task.pipelineSpec !== undefined;
  return [
    ...(isPipeline ? usedFields({ at, value: task }, ["matrix", "retries", "timeout"]) : []),
    ...customTask(at, task),
    ...unsupportedRef(`${at}.taskRef`, task.taskRef),
    ...unsupportedRef(`${at}.pipelineRef`, task.pipelineRef),
  ];
}

/** Fields of a pod template that would change what steps see, and that the local runner does not carry out. */
export function unsupportedInPodTemplate(template: unknown, at: string): readonly string[] {
  if (typeof template !== "object" || template === null) return [];
  const fields = Object.keys(template).filter((field) => !clusterFields.includes(field));
  const selector = "nodeSelector" in template ? JSON.stringify(template.nodeSelector) : "";
  const affinity = "affinity" in template ? JSON.stringify(template.affinity) : "";
  const windows = /"windows"/.test(selector + affinity) ? [`${at} (nodes with Windows)`] : [];
  return [...usedFields({ at, value: template }, fields), ...windows];
}

/** Fields of a run that the local runner does not carry out. */
export function unsupportedInRun(run: PipelineRun | TaskRun): readonly string[] {
  const bindings = (run.spec.workspaces ?? []).flatMap((binding, index) =>
    usedFields({ at: `spec.workspaces[${index}]`, value: binding }, bindingFields),
  );
  if (run.kind === "TaskRun") {
    return [
      ...usedFields({ at: "spec", value: run.spec }, ["debug"]),
      ...unsupportedInPodTemplate(run.spec.podTemplate, "spec.podTemplate"),
      ...unsupportedRef("spec.taskRef", run.spec.taskRef),
      ...bindings,
    ];
  }
  const template = run.spec.taskRunTemplate?.podTemplate;
  return [
    ...unsupportedInPodTemplate(template, "spec.taskRunTemplate.podTemplate"),
    ...(run.spec.taskRunSpecs ?? []).flatMap(({ podTemplate }, index) =>
      unsupportedInPodTemplate(podTemplate, `spec.taskRunSpecs[${index}].podTemplate`),
    ),
    ...usedFields({ at: "spec", value: run.spec }, ["managedBy"]),
    ...unsupportedRef("spec.pipelineRef", run.spec.pipelineRef),
    ...bindings,
  ];
}

/** One sentence for all of them. */
export function describeUnsupported(fields: readonly string[]): string {
  return `the local runner does not support ${fields.join(", ")}; run it on a cluster, or leave it out`;
}
