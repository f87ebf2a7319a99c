import type * as z from "zod";
import { convertV1beta1 } from "../../tekton/convert-v1beta1.ts";
import { pipelineRun, taskRun } from "../../tekton/pipeline-schemas.ts";
import { parsePipelineRun } from "../../tekton/parse-pipeline-run.ts";
import { parsePipeline } from "../../tekton/parse-pipeline.ts";
import { parseTaskRun } from "../../tekton/parse-task-run.ts";
import { parseTask } from "../../tekton/parse-task.ts";
import { eventListener, trigger, triggerBinding } from "../../tekton/trigger-schemas.ts";
import { triggerTemplate } from "../../tekton/trigger-schemas.ts";
import type { Result } from "../../problem.ts";
import type { SourceDocument } from "../../yaml/types.ts";
import { isRecord, valueAt } from "../json.ts";
import type { Sourced } from "../repository.ts";
import { isKustomization } from "./kustomization-files.ts";
import { kustomization, persistentVolume, persistentVolumeClaim } from "./kubernetes-schemas.ts";
import { subDocument } from "./sub-document.ts";
import type { FileTree, TektonObjects, TemplateRun } from "./tekton-objects.ts";

/** Sorts documents by their kind; those that their schema refuses are left out, for others tell what is wrong with them. */
export function readTektonObjects(
  documents: Iterable<SourceDocument>,
  tree: FileTree,
): TektonObjects {
  const objects: TektonObjects = {
    pipelines: [],
    tasks: [],
    pipelineRuns: [],
    taskRuns: [],
    templatePipelineRuns: [],
    templateTaskRuns: [],
    triggerTemplates: [],
    triggerBindings: [],
    triggers: [],
    eventListeners: [],
    kustomizations: [],
    volumes: [],
    claims: [],
    documents: [],
    tree,
  };
  for (const source of documents) add(objects, source);
  return objects;
}

function add(objects: TektonObjects, source: SourceDocument): void {
  const { file, value } = source;
  if (!isRecord(value)) return;
  objects.documents.push({ path: file, source, value });
  if (isKustomization(file)) keepShape(objects.kustomizations, source, kustomization);
  const group = groupOf(value["apiVersion"]);
  if (group === "tekton.dev") addTekton(objects, source);
  if (group === "triggers.tekton.dev") addTriggers(objects, source);
  if (group !== "") return;
  if (value["kind"] === "PersistentVolume") keepShape(objects.volumes, source, persistentVolume);
  if (value["kind"] === "PersistentVolumeClaim") {
    keepShape(objects.claims, source, persistentVolumeClaim);
  }
}

function addTekton(objects: TektonObjects, source: SourceDocument): void {
  const kind = valueAt(source.value, ["kind"]);
  if (kind === "Pipeline") keep(objects.pipelines, source, parsePipeline(source));
  if (kind === "Task") keep(objects.tasks, source, parseTask(source));
  if (kind === "PipelineRun") keep(objects.pipelineRuns, source, parsePipelineRun(source));
  if (kind === "TaskRun") keep(objects.taskRuns, source, parseTaskRun(source));
}

function addTriggers(objects: TektonObjects, source: SourceDocument): void {
  const kind = valueAt(source.value, ["kind"]);
  if (kind === "TriggerBinding") keepShape(objects.triggerBindings, source, triggerBinding);
  if (kind === "Trigger") keepShape(objects.triggers, source, trigger);
  if (kind === "EventListener") keepShape(objects.eventListeners, source, eventListener);
  if (kind !== "TriggerTemplate") return;
  keepShape(objects.triggerTemplates, source, triggerTemplate).forEach((template) => {
    template.value.spec.resourcetemplates.forEach((resource, index) => {
      const run = subDocument(source, ["spec", "resourcetemplates", index], resource);
      keepRun(objects.templatePipelineRuns, template, run, pipelineRun);
      keepRun(objects.templateTaskRuns, template, run, taskRun);
    });
  });
}

/** The group of `triggers.tekton.dev/v1beta1`; empty for Kubernetes' own `v1`. */
export function groupOf(apiVersion: unknown): string {
  const [group = "", version] = typeof apiVersion === "string" ? apiVersion.split("/") : [];
  return version === undefined ? "" : group;
}

function keep<T>(list: Sourced<T>[], source: SourceDocument, parsed: Result<T>): void {
  if (parsed.ok) list.push({ path: source.file, source, value: parsed.value });
}

function keepShape<T>(list: Sourced<T>[], source: SourceDocument, schema: z.ZodType<T>) {
  const parsed = schema.safeParse(source.value);
  const kept = parsed.success ? [{ path: source.file, source, value: parsed.data }] : [];
  list.push(...kept);
  return kept;
}

/** Its metadata is made of params, and is known only when the run starts. */
function keepRun<T>(
  list: TemplateRun<T>[],
  template: TemplateRun<T>["template"],
  source: SourceDocument,
  schema: z.ZodType<T>,
): void {
  const { value } = source;
  if (!isRecord(value)) return;
  const parsed = schema.safeParse(convertV1beta1({ ...value, metadata: {} }));
  if (parsed.success) list.push({ path: source.file, source, value: parsed.data, template });
}
