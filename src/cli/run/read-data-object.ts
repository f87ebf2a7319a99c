import { isUtf8 } from "node:buffer";
import * as z from "zod";
import { failed, ok, type Result } from "../../problem.ts";
import type { KeyValues } from "../../runner/types.ts";
import type { SourceDocument } from "../../yaml/types.ts";

/** A Secret or a ConfigMap, its values as steps see them. */
export interface DataObject {
  readonly kind: "Secret" | "ConfigMap";
  readonly name: string;
  readonly data: KeyValues;
  /** Of a Secret: what it is for. */
  readonly type: string;
  readonly annotations: Readonly<Record<string, string>>;
}

const values = z.record(z.string(), z.string()).nullish();
const dataObject = z.object({
  kind: z.enum(["Secret", "ConfigMap"]),
  metadata: z.object({ name: z.string(), annotations: values }),
  type: z.string().nullish(),
  data: values,
  stringData: values,
  binaryData: values,
});

function decode(data: Readonly<Record<string, string>>): KeyValues {
  const entries = Object.entries(data).map(([key, text]) => {
    const bytes = Buffer.from(text, "base64");
    return [key, isUtf8(bytes) ? bytes.toString("utf8") : bytes] as const;
  });
  return Object.fromEntries(entries);
}

/** Reads a Secret or a ConfigMap; a problem names the place of what is no text. */
export function readDataObject(document: SourceDocument): Result<DataObject> {
  const parsed = dataObject.safeParse(document.value);
  if (!parsed.success) {
    const path = (parsed.error.issues[0]?.path ?? []).filter((part) => typeof part !== "symbol");
    const { line, column } = document.rangeOf(path);
    return failed({
      kind: "invalid",
      what: `${path.join(".")} cannot be used: ${parsed.error.issues[0]?.message ?? ""}.`,
      where: `${document.file}:${line}:${column}`,
      next: "Give metadata.name, and texts as data; numbers and booleans need quotes.",
    });
  }
  const { kind, metadata, data, stringData, binaryData, type } = parsed.data;
  const plain =
    kind === "Secret"
      ? { ...decode(data ?? {}), ...(stringData ?? {}) }
      : { ...(data ?? {}), ...decode(binaryData ?? {}) };
  const { name, annotations } = metadata;
  return ok({ kind, name, data: plain, type: type ?? "Opaque", annotations: annotations ?? {} });
}
