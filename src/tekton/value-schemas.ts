import * as z from "zod";
import {
  claimVolume,
  configMapVolume,
  csiVolume,
  emptyDirVolume,
  projectedVolume,
  secretVolume,
} from "./core-schemas.ts";
import { volumeClaimTemplate } from "./pod-schemas.ts";

/** The forms of names are a matter of `faults/name-faults.ts`, which every reader of this room asks. */
export const name = z.string().min(1);
const text = z.string().exactOptional();
const anything = z.unknown().optional();

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isListOfTexts(value: readonly unknown[]): value is readonly string[] {
  return value.every(isText);
}

function isMapOfTexts(
  value: Readonly<Record<string, unknown>>,
): value is Readonly<Record<string, string>> {
  return Object.values(value).every(isText);
}

/**
 * Tekton's own decoding of a param's value: numbers and booleans become strings, and so does, as JSON, a list or
 * mapping that holds anything but strings.
 */
export const paramValue = z.union([
  z.string(),
  z.number().transform(String),
  z.boolean().transform(String),
  z.array(z.unknown()).transform((list) => (isListOfTexts(list) ? list : JSON.stringify(list))),
  z
    .record(z.string(), z.unknown())
    .transform((map) => (isMapOfTexts(map) ? map : JSON.stringify(map))),
]);

export const param = z.strictObject({ name, value: paramValue });

const valueType = z.enum(["string", "array", "object"]);
const properties = z.record(
  z.string(),
  z.strictObject({ type: z.literal("string").exactOptional() }),
);

export const paramSpec = z.strictObject({
  name,
  type: valueType.exactOptional(),
  description: text,
  default: paramValue.exactOptional(),
  enum: z.array(z.string()).exactOptional(),
  properties: properties.exactOptional(),
});

export const resultSpec = z.strictObject({
  name,
  type: valueType.exactOptional(),
  description: text,
  properties: properties.exactOptional(),
  value: paramValue.exactOptional(),
  default: paramValue.exactOptional(),
});

export const workspaceDeclaration = z.strictObject({
  name,
  description: text,
  mountPath: text,
  readOnly: z.boolean().exactOptional(),
  optional: z.boolean().exactOptional(),
});

export const pipelineWorkspaceDeclaration = workspaceDeclaration.omit({
  mountPath: true,
  readOnly: true,
});

export const workspaceBinding = z.strictObject({
  name,
  subPath: text,
  emptyDir: emptyDirVolume.exactOptional(),
  persistentVolumeClaim: claimVolume.exactOptional(),
  volumeClaimTemplate: volumeClaimTemplate.exactOptional(),
  secret: secretVolume.extend({ secretName: name }).exactOptional(),
  configMap: configMapVolume.extend({ name }).exactOptional(),
  projected: projectedVolume.exactOptional(),
  csi: csiVolume.exactOptional(),
});

export const objectRef = z.strictObject({
  kind: text,
  apiVersion: text,
  name: text,
  resolver: text,
  params: z.array(param).exactOptional(),
});

export const whenExpression = z.strictObject({
  input: text,
  operator: z.enum(["in", "notin"]).exactOptional(),
  values: z.array(z.string()).exactOptional(),
  cel: text,
});

const texts = z.record(z.string(), z.string());

/** What Kubernetes itself writes there is no business of ours. */
export const objectMeta = z.strictObject({
  name: text,
  generateName: text,
  namespace: text,
  labels: texts.exactOptional(),
  annotations: texts.exactOptional(),
  uid: text,
  creationTimestamp: text,
  resourceVersion: anything,
  generation: anything,
  selfLink: anything,
  deletionTimestamp: anything,
  deletionGracePeriodSeconds: anything,
  ownerReferences: anything,
  finalizers: anything,
  managedFields: anything,
});

export const namedMeta = objectMeta.extend({ name });
