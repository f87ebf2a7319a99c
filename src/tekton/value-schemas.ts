import { z } from "zod";

const name = z.string().min(1);
/** Names that become names of files and directories: the same patterns as Tekton's own webhook has. */
export const label = z
  .string()
  .max(63)
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, "small letters, digits and dashes only, at most 63");
const subdomain = z
  .string()
  .max(253)
  .regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/, "small letters, digits, dashes and dots only");
const wordName = z
  .string()
  .max(253)
  .regex(/^[A-Za-z0-9_]([-A-Za-z0-9_.]*[A-Za-z0-9_])?$/, "letters, digits, `-`, `_` and `.` only");
const text = z.string().exactOptional();
const anything = z.unknown().optional();

/** The API server's own decoding: numbers and booleans become the strings that were meant. */
const scalar = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]);

export const paramValue = z.union([scalar, z.array(scalar), z.record(z.string(), scalar)]);

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
  name: wordName,
  type: valueType.exactOptional(),
  description: text,
  properties: properties.exactOptional(),
  value: anything,
});

export const workspaceDeclaration = z.strictObject({
  name: wordName,
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
  name: wordName,
  subPath: text,
  emptyDir: z.record(z.string(), z.unknown()).exactOptional(),
  persistentVolumeClaim: z
    .object({ claimName: name, readOnly: z.boolean().exactOptional() })
    .exactOptional(),
  volumeClaimTemplate: anything,
  secret: z.object({ secretName: name }).exactOptional(),
  configMap: z.object({ name }).exactOptional(),
  projected: anything,
  csi: anything,
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

const stringMap = z.record(z.string(), scalar);

/** Kubernetes adds more fields than these to metadata, and they are no business of ours. */
export const objectMeta = z.looseObject({
  name: subdomain.exactOptional(),
  generateName: z
    .string()
    .max(200)
    .regex(/^[a-z0-9][-a-z0-9.]*$/, "small letters, digits, dashes and dots only")
    .exactOptional(),
  namespace: text,
  labels: stringMap.exactOptional(),
  annotations: stringMap.exactOptional(),
  uid: text,
  creationTimestamp: text,
});

export const namedMeta = objectMeta.extend({ name: subdomain });
