import type { Volume } from "../../tekton/types.ts";
import { volumeKinds } from "./open-volume.ts";

const projectedKinds = ["secret", "configMap", "downwardAPI"];

/** Fields of a volume or of a workspace's binding that the local runner cannot open. */
export function unsupportedSource(source: object, at: string): readonly string[] {
  const kinds = Object.keys(source).filter((key) => key !== "name" && key !== "subPath");
  const unknown = kinds.filter((kind) => ![...volumeKinds, "volumeClaimTemplate"].includes(kind));
  const projected = "projected" in source ? source.projected : undefined;
  const sources =
    typeof projected === "object" && projected !== null && "sources" in projected
      ? projected.sources
      : [];
  const parts: readonly unknown[] = Array.isArray(sources) ? sources : [];
  const inside = parts.flatMap((part, index) =>
    Object.keys(typeof part === "object" && part !== null ? part : {})
      .filter((kind) => !projectedKinds.includes(kind))
      .map((kind) => `${at}.projected.sources[${index}].${kind}`),
  );
  return [...unknown.map((kind) => `${at}.${kind}`), ...inside];
}

/** The same for the volumes of a Task or a pod template. */
export function unsupportedVolumes(volumes: readonly Volume[] = [], at: string): readonly string[] {
  return volumes.flatMap((volume, index) => unsupportedSource(volume, `${at}.volumes[${index}]`));
}
