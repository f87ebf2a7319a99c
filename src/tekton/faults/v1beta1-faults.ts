import type { NodeEdit } from "../../yaml/node-edit.ts";
import type { NodePath } from "../../yaml/types.ts";
import { ignoredStepFields } from "../convert-v1beta1.ts";
import { isRecord, valueAt } from "../value-at.ts";
import type { TektonFault } from "./tekton-fault.ts";

/** The hint that a document is written in the older of Tekton's two versions, with the changes that make it v1. */
export function v1beta1Faults(document: Readonly<Record<string, unknown>>): TektonFault[] {
  if (document["apiVersion"] !== "tekton.dev/v1beta1") return [];
  const renames = renamesOf(document);
  const changes = [
    ...new Set(renames.map(({ before, now }) => `\`${before}\` is \`${now}\` there`)),
  ];
  const edits = editsOf(document, renames);
  return [
    {
      rule: "tekton-v1beta1",
      path: ["apiVersion"],
      part: "value",
      message: "It is written in v1beta1, which Tekton has replaced by v1.",
      help: `Write \`apiVersion: tekton.dev/v1\`${changes.map((change) => `; ${change}`).join("")}.`,
      ...(edits !== undefined && { fix: { title: "Write it in v1", edits } }),
    },
  ];
}

/** A field with another name in v1; `now` has two parts where it stands a level deeper there. */
interface Rename {
  readonly path: NodePath;
  readonly before: string;
  readonly now: string;
}

function editsOf(
  document: Readonly<Record<string, unknown>>,
  renames: readonly Rename[],
): readonly NodeEdit[] | undefined {
  if (taskSpecs(document).some((path) => hasIgnoredFields(document, path))) return undefined;
  const version = { kind: "replace-value", path: ["apiVersion"], to: "tekton.dev/v1" } as const;
  return [version, ...renames.map(renameEdit)];
}

function renameEdit({ path, before, now }: Rename): NodeEdit {
  const [key = now, inner] = now.split(".");
  if (inner === undefined) return { kind: "rename-key", path: [...path, before], to: key };
  return { kind: "nest-pair", path: [...path, before], under: key, to: inner };
}

/** Ways to all specs of Tasks in a document: its own, or those embedded in a pipeline. */
function taskSpecs(document: Readonly<Record<string, unknown>>): readonly NodePath[] {
  switch (document["kind"]) {
    case "Task":
      return [["spec"]];
    case "TaskRun":
      return [["spec", "taskSpec"]];
    case "Pipeline":
      return embeddedSpecs(document, ["spec"]);
    default:
      return embeddedSpecs(document, ["spec", "pipelineSpec"]);
  }
}

function embeddedSpecs(document: unknown, at: NodePath): readonly NodePath[] {
  return ["tasks", "finally"].flatMap((section) =>
    itemsAt(document, [...at, section]).map((path) => [...path, "taskSpec"]),
  );
}

function itemsAt(document: unknown, path: NodePath): readonly NodePath[] {
  const list = valueAt(document, path);
  return Array.isArray(list) ? list.map((_, index) => [...path, index]) : [];
}

function stepsOf(document: unknown, path: NodePath): readonly NodePath[] {
  return [...itemsAt(document, [...path, "steps"]), [...path, "stepTemplate"]];
}

function hasIgnoredFields(document: unknown, path: NodePath): boolean {
  const ignored = (step: NodePath) =>
    Object.keys(recordAt(document, step)).some((field) => ignoredStepFields.includes(field));
  return (
    stepsOf(document, path).some(ignored) || "name" in recordAt(document, [...path, "stepTemplate"])
  );
}

function recordAt(document: unknown, path: NodePath): Readonly<Record<string, unknown>> {
  const value = valueAt(document, path);
  return isRecord(value) ? value : {};
}

function renamesOf(document: Readonly<Record<string, unknown>>): readonly Rename[] {
  const run: NodePath = ["spec"];
  const taskRunSpecs = itemsAt(document, [...run, "taskRunSpecs"]);
  const overridden = [run, ...taskRunSpecs];
  const containers = [
    ...taskSpecs(document).flatMap((path) => [
      ...stepsOf(document, path),
      ...itemsAt(document, [...path, "sidecars"]),
    ]),
    ...overridden.flatMap((path) => [
      ...itemsAt(document, [...path, "stepOverrides"]),
      ...itemsAt(document, [...path, "sidecarOverrides"]),
    ]),
  ];
  const isRun = document["kind"] === "PipelineRun";
  const candidates: Rename[] = [
    ...containers.map((path) => ({ path, before: "resources", now: "computeResources" })),
    ...overridden.flatMap((path) => [
      { path, before: "stepOverrides", now: "stepSpecs" },
      { path, before: "sidecarOverrides", now: "sidecarSpecs" },
    ]),
    ...taskRunSpecs.flatMap((path) => [
      { path, before: "taskServiceAccountName", now: "serviceAccountName" },
      { path, before: "taskPodTemplate", now: "podTemplate" },
    ]),
    ...(isRun
      ? [
          { path: run, before: "serviceAccountName", now: "taskRunTemplate.serviceAccountName" },
          { path: run, before: "podTemplate", now: "taskRunTemplate.podTemplate" },
          { path: run, before: "timeout", now: "timeouts.pipeline" },
        ]
      : []),
  ];
  return candidates.filter(({ path, before }) => before in recordAt(document, path));
}
