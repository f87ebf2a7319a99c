import * as z from "zod";
import { failed, ok, type Result } from "../../problem.ts";
import { podField, type PodIdentity } from "../pod-identity.ts";
import { writeKeys } from "./write-keys.ts";

const downward = z.object({
  defaultMode: z.int().optional(),
  items: z
    .array(
      z.object({
        path: z.string(),
        fieldRef: z.object({ fieldPath: z.string() }),
        mode: z.int().optional(),
      }),
    )
    .default([]),
});

/** Writes the fields of a pod that a downwardAPI volume asks for. A problem names one that has no meaning here. */
export async function writeDownward(
  directory: string,
  source: unknown,
  identity: PodIdentity,
): Promise<Result<void>> {
  const parsed = downward.safeParse(source);
  if (!parsed.success) {
    return failed({
      kind: "unsupported",
      what: "the local runner knows fieldRef in downwardAPI only",
    });
  }
  for (const { path, fieldRef, mode = parsed.data.defaultMode } of parsed.data.items) {
    const value = podField(identity, fieldRef.fieldPath);
    if (value === undefined) {
      return failed({ kind: "unsupported", what: `there is no ${fieldRef.fieldPath} here` });
    }
    const item = { key: "field", path, ...(mode !== undefined && { mode }) };
    const written = await writeKeys(directory, { field: value }, { items: [item] });
    if (!written.ok) return written;
  }
  return ok(undefined);
}
