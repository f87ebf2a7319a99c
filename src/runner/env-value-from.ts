import * as z from "zod";
import { failed, ok, type Result } from "../problem.ts";
import { keyText } from "./key-text.ts";
import { podField, type PodIdentity } from "./pod-identity.ts";
import type { KeyedData } from "./types.ts";

/** What the environment of a container can be taken from. */
export interface EnvSources {
  readonly secrets: KeyedData;
  readonly configMaps: KeyedData;
  readonly identity: PodIdentity;
}

const selector = z.object({ name: z.string(), key: z.string(), optional: z.boolean().optional() });
const source = z.union([
  z.strictObject({ secretKeyRef: selector }),
  z.strictObject({ configMapKeyRef: selector }),
  z.strictObject({ fieldRef: z.object({ fieldPath: z.string() }) }),
]);

function unsupported(): Result<never> {
  return failed({
    kind: "unsupported",
    what: "the local runner takes env values from secretKeyRef, configMapKeyRef and fieldRef only",
  });
}

/** The value that an env entry takes from a secret, a config map or a field; undefined where an optional one is missing. */
export function envValueFrom(valueFrom: unknown, sources: EnvSources): Result<string | undefined> {
  const { success, data } = source.safeParse(valueFrom);
  if (!success) return unsupported();
  if ("fieldRef" in data) {
    const value = podField(sources.identity, data.fieldRef.fieldPath);
    return value === undefined ? unsupported() : ok(value);
  }
  const [kind, objects, wanted] =
    "secretKeyRef" in data
      ? (["secret", sources.secrets, data.secretKeyRef] as const)
      : (["config map", sources.configMaps, data.configMapKeyRef] as const);
  const keys = Object.hasOwn(objects, wanted.name) ? (objects[wanted.name] ?? {}) : {};
  const text = keyText(keys, wanted.key);
  if (text !== undefined) return ok(text);
  if (wanted.optional === true) return ok(undefined);
  return failed({
    kind: "not-found",
    what: `there is no key "${wanted.key}" in the ${kind} "${wanted.name}"`,
  });
}
