/** What a pod says of itself to its containers. */
export interface PodIdentity {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly serviceAccountName: string;
}

const keyed = /^metadata\.(labels|annotations)\['([^']+)'\]$/;

function lines(map: Readonly<Record<string, string>>): string {
  return Object.entries(map)
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .join("\n");
}

/**
 * The field of a pod that a `fieldRef` names, undefined where it has no meaning on one machine.
 * https://kubernetes.io/docs/concepts/workloads/pods/downward-api/
 */
export function podField(identity: PodIdentity, fieldPath: string): string | undefined {
  const [, map, key = ""] = keyed.exec(fieldPath) ?? [];
  if (map === "labels" || map === "annotations") {
    return Object.hasOwn(identity[map], key) ? identity[map][key] : "";
  }
  const fields = new Map([
    ["metadata.name", identity.name],
    ["metadata.namespace", identity.namespace],
    ["metadata.uid", identity.uid],
    ["metadata.labels", lines(identity.labels)],
    ["metadata.annotations", lines(identity.annotations)],
    ["spec.serviceAccountName", identity.serviceAccountName],
    ["spec.nodeName", "localhost"],
    ["status.hostIP", "127.0.0.1"],
    ["status.podIP", "127.0.0.1"],
  ]);
  return fields.get(fieldPath);
}
