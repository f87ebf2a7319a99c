import { stringify } from "yaml";
import type { StoredObject } from "../../runner/object-store.ts";
import { isRecord } from "../../tekton/value-at.ts";

function withSortedKeys(_key: string, value: unknown): unknown {
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Objects as `kubectl get -o` prints them: one as it is, others in a List. */
export function printedObjects(objects: readonly StoredObject[], format: "yaml" | "json"): string {
  const [only] = objects;
  const list = { apiVersion: "v1", kind: "List", metadata: { resourceVersion: "" } };
  const printed = objects.length === 1 ? only : { ...list, items: objects };
  if (format === "json") return `${JSON.stringify(printed, withSortedKeys, 4)}\n`;
  return stringify(printed, {
    version: "1.1",
    aliasDuplicateObjects: false,
    sortMapEntries: true,
    indentSeq: false,
    blockQuote: "literal",
    lineWidth: 0,
  });
}
