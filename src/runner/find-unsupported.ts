import type {
  ObjectRef,
  PipelineRun,
  PipelineTask,
  PodTemplate,
  TaskRun,
} from "../tekton/types.ts";
import { knownResolvers } from "./resolve-reference.ts";
import { unsupportedEnv } from "./steps/unsupported-env.ts";
import { usedFields } from "./used-fields.ts";
import { unsupportedSource, unsupportedVolumes } from "./volumes/unsupported-volumes.ts";

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
const carriedOut = ["env", "volumes"];

function unsupportedRef(at: string, ref: ObjectRef | undefined): readonly string[] {
  if (knownResolvers.includes(ref?.resolver ?? "")) return [];
  return [`${at}.resolver (${ref?.resolver ?? ""})`];
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
function unsupportedInPodTemplate(
  template: PodTemplate | undefined,
  at: string,
): readonly string[] {
  if (template === undefined) return [];
  const known = [...clusterFields, ...carriedOut];
  const fields = Object.keys(template).filter((field) => !known.includes(field));
  const selector = "nodeSelector" in template ? JSON.stringify(template.nodeSelector) : "";
  const affinity = "affinity" in template ? JSON.stringify(template.affinity) : "";
  const windows = /"windows"/.test(selector + affinity) ? [`${at} (nodes with Windows)`] : [];
  return [
    ...usedFields({ at, value: template }, fields),
    ...unsupportedEnv(template, at),
    ...unsupportedVolumes(template.volumes, at),
    ...windows,
  ];
}

/** Fields of a run that the local runner does not carry out. */
export function unsupportedInRun(run: PipelineRun | TaskRun): readonly string[] {
  const bindings = (run.spec.workspaces ?? []).flatMap((binding, index) =>
    unsupportedSource(binding, `spec.workspaces[${index}]`),
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
