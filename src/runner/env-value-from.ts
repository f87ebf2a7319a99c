import { z } from "zod";
import { failed, ok, type Result } from "../problem.ts";
import type { KeyedData } from "./types.ts";

const selector = z.object({ name: z.string(), key: z.string(), optional: z.boolean().optional() });
const source = z.union([
  z.strictObject({ secretKeyRef: selector }),
  z.strictObject({ configMapKeyRef: selector }),
]);

/** The value that an env entry takes from a secret or a config map; undefined where an optional one is missing. */
export function envValueFrom(
  valueFrom: unknown,
  secrets: KeyedData,
  configMaps: KeyedData,
): Result<string | undefined> {
  const parsed = source.safeParse(valueFrom);
  if (!parsed.success) {
    return failed({
      kind: "unsupported",
      what: "the local runner takes env values from secretKeyRef and configMapKeyRef only",
    });
  }
  const [kind, data, wanted] =
    "secretKeyRef" in parsed.data
      ? (["secret", secrets, parsed.data.secretKeyRef] as const)
      : (["config map", configMaps, parsed.data.configMapKeyRef] as const);
  const keys = Object.hasOwn(data, wanted.name) ? (data[wanted.name] ?? {}) : {};
  if (Object.hasOwn(keys, wanted.key)) return ok(keys[wanted.key]);
  if (wanted.optional === true) return ok(undefined);
  return failed({
    kind: "not-found",
    what: `there is no key "${wanted.key}" in the ${kind} "${wanted.name}"`,
  });
}
