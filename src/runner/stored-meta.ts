import { randomUUID } from "node:crypto";
import type { EmbeddedMeta, ObjectMeta } from "../tekton/types.ts";
import { timestamp } from "./conditions.ts";
import type { OwnerReference, StoredMeta } from "./types.ts";

type Texts = Readonly<Record<string, string>>;

/** The label of everything that Tekton makes or runs. */
export const managedByTekton = { "app.kubernetes.io/managed-by": "tekton-pipelines" };

/** What only Tekton Chains may say of a run; its webhook takes it away from others. */
const reserved = "chains.tekton.dev/";

const suffixLetters = "bcdfghjklmnpqrstvwxz2456789";

function generatedName(prefix: string): string {
  const bytes = randomUUID().replaceAll("-", "").slice(0, 10).match(/../g) ?? [];
  const suffix = bytes.map((byte) => suffixLetters[parseInt(byte, 16) % suffixLetters.length]);
  return `${prefix}${suffix.join("")}`;
}

/** Kubernetes leaves out what is empty. */
function describing(labels: Texts, annotations: Texts): EmbeddedMeta {
  return {
    ...(Object.keys(labels).length > 0 && { labels }),
    ...(Object.keys(annotations).length > 0 && { annotations }),
  };
}

/** The metadata that the API server gives a new object: uid, creation time, and a name where only a prefix was asked for. */
export function storedMeta(meta: ObjectMeta, namespace: string): StoredMeta {
  const { name, generateName, labels = {}, annotations = {} } = meta;
  const allowed = Object.entries(annotations).filter(([key]) => !key.startsWith(reserved));
  return {
    name: name ?? generatedName(generateName ?? ""),
    ...(generateName !== undefined && { generateName }),
    namespace,
    uid: randomUUID(),
    creationTimestamp: timestamp(),
    resourceVersion: "0",
    generation: 1,
    ...describing(labels, Object.fromEntries(allowed)),
  };
}

/** The metadata of a run with labels and annotations of its Task or Pipeline; those that are there stay. */
export function describedMeta(
  metadata: StoredMeta,
  { labels, annotations }: EmbeddedMeta,
): StoredMeta {
  return {
    ...metadata,
    ...describing({ ...labels, ...metadata.labels }, { ...annotations, ...metadata.annotations }),
  };
}

/** What makes a run the child of a PipelineRun. */
export function ownerReference({ name, uid }: StoredMeta): OwnerReference {
  const owner = { apiVersion: "tekton.dev/v1", kind: "PipelineRun", name, uid };
  return { ...owner, controller: true, blockOwnerDeletion: true };
}
