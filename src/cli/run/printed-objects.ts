import { Document, Scalar, visit } from "yaml";
import type { StoredObject } from "../../runner/object-store.ts";
import { isRecord } from "../../tekton/value-at.ts";

function withSortedKeys(_key: string, value: unknown): unknown {
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Blanks where nobody sees them: the library does not give all of them back from a text as it stands. */
function hasHiddenBlanks(text: string): boolean {
  return text.includes("\n") && (/^\s/.test(text) || /[ \t]$/m.test(text));
}

/** Sorted keys, lists at their key, texts of many lines as they stand, in one line where blanks would be lost. */
function yamlOf(value: unknown): string {
  const document = new Document(value, {
    version: "1.1",
    aliasDuplicateObjects: false,
    sortMapEntries: true,
  });
  visit(document, {
    Scalar: (_key, node) => {
      const { value: text } = node;
      if (typeof text === "string" && hasHiddenBlanks(text)) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return document.toString({
    indentSeq: false,
    blockQuote: "literal",
    lineWidth: 0,
    doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
  });
}

/** Objects as `kubectl get -o` prints them: one as it is, others in a List. */
export function printedObjects(objects: readonly StoredObject[], format: "yaml" | "json"): string {
  const [only] = objects;
  const list = { apiVersion: "v1", kind: "List", metadata: { resourceVersion: "" } };
  const printed = objects.length === 1 ? only : { ...list, items: objects };
  if (format === "yaml") return yamlOf(printed);
  return `${JSON.stringify(printed, withSortedKeys, 4)}\n`;
}
