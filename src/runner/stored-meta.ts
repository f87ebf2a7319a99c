import { randomUUID } from "node:crypto";
import type { ObjectMeta } from "../tekton/types.ts";
import { timestamp } from "./conditions.ts";
import type { StoredMeta } from "./types.ts";

const suffixLetters = "bcdfghjklmnpqrstvwxz2456789";

function generatedName(prefix: string): string {
  const bytes = randomUUID().replaceAll("-", "").slice(0, 10).match(/../g) ?? [];
  const suffix = bytes.map((byte) => suffixLetters[parseInt(byte, 16) % suffixLetters.length]);
  return `${prefix}${suffix.join("")}`;
}

/** The metadata that the API server gives a new object: uid, creation time, and a name where only a prefix was asked for. */
export function storedMeta(meta: ObjectMeta, namespace: string): StoredMeta {
  return {
    name: meta.name ?? generatedName(meta.generateName ?? ""),
    namespace,
    uid: randomUUID(),
    creationTimestamp: timestamp(),
    resourceVersion: "0",
    labels: meta.labels ?? {},
    annotations: meta.annotations ?? {},
  };
}
