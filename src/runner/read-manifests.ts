import { readFileSync } from "node:fs";
import { ProblemError, unwrap } from "../problem.ts";
import { parseObject } from "../tekton/parse-object.ts";
import { parsePipeline } from "../tekton/parse-pipeline.ts";
import { parseTask } from "../tekton/parse-task.ts";
import type { Pipeline, Task } from "../tekton/types.ts";
import { parseYaml } from "../yaml/parse-yaml.ts";
import type { SourceDocument } from "../yaml/types.ts";
import {
  eventListener,
  triggerBinding,
  triggerTemplate,
  type EventListener,
  type TriggerBinding,
  type TriggerTemplate,
} from "./trigger-schemas.ts";

/** What was applied to the namespace before the runner started. */
export interface Manifests {
  readonly listeners: readonly EventListener[];
  readonly bindings: ReadonlyMap<string, TriggerBinding>;
  readonly templates: ReadonlyMap<string, TriggerTemplate>;
  readonly objects: readonly (Task | Pipeline)[];
}

/** Kinds that mean something on a cluster only: accounts, rights, volumes. */
const otherKinds = [
  "ServiceAccount",
  "Role",
  "RoleBinding",
  "ClusterRole",
  "ClusterRoleBinding",
  "PersistentVolumeClaim",
  "Kustomization",
  "Secret",
];

function kindOf({ value }: SourceDocument): string {
  if (typeof value !== "object" || value === null || !("kind" in value)) return "";
  return typeof value.kind === "string" ? value.kind : "";
}

/**
 * Reads Kubernetes manifests, each text with the name of its file, as `kubectl apply` would take them.
 * Throws a ProblemError that names the first place that cannot be used.
 */
export function parseManifests(
  files: readonly { readonly file: string; readonly text: string }[],
): Manifests {
  const listeners: EventListener[] = [];
  const bindings = new Map<string, TriggerBinding>();
  const templates = new Map<string, TriggerTemplate>();
  const objects: (Task | Pipeline)[] = [];
  for (const { file, text } of files) {
    const { documents, problems } = parseYaml(file, text, "kubernetes");
    const [problem] = problems;
    if (problem !== undefined) {
      const { line, column } = problem.range;
      const where = `${file}:${line}:${column}`;
      throw new ProblemError({ kind: "invalid", what: problem.message, where, next: problem.help });
    }
    for (const document of documents) {
      const kind = kindOf(document);
      if (kind === "EventListener") listeners.push(unwrap(parseObject(eventListener, document)));
      else if (kind === "TriggerBinding") {
        const binding = unwrap(parseObject(triggerBinding, document));
        bindings.set(binding.metadata.name, binding);
      } else if (kind === "TriggerTemplate") {
        const template = unwrap(parseObject(triggerTemplate, document));
        templates.set(template.metadata.name, template);
      } else if (kind === "Task") objects.push(unwrap(parseTask(document)));
      else if (kind === "Pipeline") objects.push(unwrap(parsePipeline(document)));
      else if (!otherKinds.includes(kind)) {
        const what = `The local runner does not know the kind ${JSON.stringify(kind)}.`;
        throw new ProblemError({ kind: "unsupported", what, where: file });
      }
    }
  }
  return { listeners, bindings, templates, objects };
}

/** The same for files by their paths. */
export function readManifests(paths: readonly string[]): Manifests {
  return parseManifests(paths.map((file) => ({ file, text: readFileSync(file, "utf8") })));
}
