import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import {
  CoreV1Api,
  type V1DownwardAPIVolumeFile,
  type V1KeyToPath,
  type V1Pod,
  type V1Volume,
  type V1VolumeProjection,
} from "@kubernetes/client-node";
import { requestToken } from "../run-deployment.ts";
import type { NodeContext } from "./start-node.ts";

/** Makes the directories of a pod's volumes; gives them by the volume's name. */
export async function makeVolumes(
  context: NodeContext,
  pod: V1Pod,
  directory: string,
): Promise<ReadonlyMap<string, string>> {
  const made = new Map<string, string>();
  for (const volume of pod.spec?.volumes ?? []) {
    const claim = volume.persistentVolumeClaim?.claimName;
    const path =
      claim === undefined
        ? join(directory, "volumes", volume.name)
        : join(claimsFolder(context), pod.metadata?.namespace ?? "", claim);
    mkdirSync(path, { recursive: true });
    await fill(context, pod, volume, path);
    made.set(volume.name, path);
  }
  return made;
}

/** Where the volumes of claims are kept, by namespace and name. */
export function claimsFolder({ directory }: NodeContext): string {
  return join(directory, "claims");
}

/** Writes what the pod says of itself: its annotations change while it runs. */
export function writeDownward(pod: V1Pod, directory: string): void {
  for (const volume of pod.spec?.volumes ?? [])
    writeFields(pod, volume.downwardAPI?.items ?? [], join(directory, "volumes", volume.name));
}

async function fill(
  context: NodeContext,
  pod: V1Pod,
  volume: V1Volume,
  path: string,
): Promise<void> {
  const namespace = pod.metadata?.namespace ?? "";
  if (volume.secret?.secretName !== undefined)
    writeFiles(
      path,
      await readSecret(context, namespace, volume.secret.secretName),
      volume.secret.items,
    );
  else if (volume.configMap?.name !== undefined)
    writeFiles(
      path,
      await readConfigMap(context, namespace, volume.configMap.name),
      volume.configMap.items,
    );
  else if (volume.downwardAPI !== undefined) writeFields(pod, volume.downwardAPI.items ?? [], path);
  else if (volume.projected !== undefined)
    for (const source of volume.projected.sources ?? []) await project(context, pod, source, path);
  else if (volume.emptyDir === undefined && volume.persistentVolumeClaim === undefined)
    throw new Error(`volume ${volume.name}: this node has no volumes of its kind`);
}

async function project(
  context: NodeContext,
  pod: V1Pod,
  source: V1VolumeProjection,
  path: string,
): Promise<void> {
  const namespace = pod.metadata?.namespace ?? "";
  if (source.serviceAccountToken !== undefined) {
    const token = await requestToken(
      context.controlPlane,
      namespace,
      pod.spec?.serviceAccountName ?? "default",
    );
    writeFiles(path, { [source.serviceAccountToken.path]: token });
  }
  if (source.configMap?.name !== undefined)
    writeFiles(
      path,
      await readConfigMap(context, namespace, source.configMap.name),
      source.configMap.items,
    );
  if (source.secret?.name !== undefined)
    writeFiles(path, await readSecret(context, namespace, source.secret.name), source.secret.items);
  writeFields(pod, source.downwardAPI?.items ?? [], path);
}

function writeFields(pod: V1Pod, items: readonly V1DownwardAPIVolumeFile[], path: string): void {
  for (const item of items)
    writeFiles(path, { [item.path]: fieldOfPod(pod, item.fieldRef?.fieldPath ?? "") });
}

/** A field of a pod as the downward API names it. */
export function fieldOfPod(pod: V1Pod, field: string): string {
  const { name = "", namespace = "", uid = "", annotations = {}, labels = {} } = pod.metadata ?? {};
  const key = /^metadata\.(annotations|labels)\['([^']+)'\]$/.exec(field);
  if (key !== null) return (key[1] === "labels" ? labels : annotations)[key[2] ?? ""] ?? "";
  const fields: Record<string, string> = {
    "metadata.name": name,
    "metadata.namespace": namespace,
    "metadata.uid": uid,
    "spec.nodeName": pod.spec?.nodeName ?? "",
    "spec.serviceAccountName": pod.spec?.serviceAccountName ?? "",
    "status.podIP": "127.0.0.1",
    "status.hostIP": "127.0.0.1",
  };
  return fields[field] ?? "";
}

/** A file is there with all of its content or not at all: programs wait for these. */
function writeFiles(
  path: string,
  files: Readonly<Record<string, string>>,
  items?: readonly V1KeyToPath[],
): void {
  const targets =
    items?.map((item) => [item.key, item.path] as const) ??
    Object.keys(files).map((key) => [key, key] as const);
  for (const [key, target] of targets) {
    const file = join(path, target);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, files[key] ?? "");
    renameSync(`${file}.new`, file);
  }
}

/** The values of a secret, decoded. */
export async function readSecret(
  { controlPlane }: NodeContext,
  namespace: string,
  name: string,
): Promise<Record<string, string>> {
  const { data = {} } = await controlPlane.kubeConfig
    .makeApiClient(CoreV1Api)
    .readNamespacedSecret({ namespace, name });
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, Buffer.from(value, "base64").toString()]),
  );
}

/** The values of a config map. */
export async function readConfigMap(
  { controlPlane }: NodeContext,
  namespace: string,
  name: string,
): Promise<Record<string, string>> {
  const { data = {} } = await controlPlane.kubeConfig
    .makeApiClient(CoreV1Api)
    .readNamespacedConfigMap({ namespace, name });
  return data;
}
