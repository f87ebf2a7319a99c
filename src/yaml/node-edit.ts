import type { TextEdit } from "./text-edit.ts";
import type { NodePath, SourceDocument } from "./types.ts";

/** A change of a document in terms of its nodes; `to` is YAML text. */
export type NodeEdit =
  | { readonly kind: "rename-key"; readonly path: NodePath; readonly to: string }
  | { readonly kind: "replace-value"; readonly path: NodePath; readonly to: string };

/** The same change in terms of the document's text. */
export function toTextEdits(source: SourceDocument, edits: readonly NodeEdit[]): TextEdit[] {
  return edits.map(({ kind, path, to }) => ({
    ...source.rangeOf(path, kind === "rename-key" ? "key" : "value"),
    newText: to,
  }));
}
