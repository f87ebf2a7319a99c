import { subDocument } from "../../streams/tekton-files/sub-document.ts";
import type { SourceDocument } from "../../yaml/types.ts";

function itemsOf(value: unknown): readonly unknown[] | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (!("kind" in value) || typeof value.kind !== "string" || !/List$/.test(value.kind)) {
    return undefined;
  }
  return "items" in value && Array.isArray(value.items) ? value.items : undefined;
}

/** The objects of a document: those of a List (`kind: List`, `TaskList`, …), or else the document itself. */
export function listItems(document: SourceDocument): readonly SourceDocument[] {
  const items = itemsOf(document.value);
  if (items === undefined) return [document];
  return items.map((item, index) => subDocument(document, ["items", index], item));
}
