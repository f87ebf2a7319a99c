import type { NodePath, SourceDocument } from "../../yaml/types.ts";

/** A part of a document as a document of its own, whose places and changes are those in the whole. */
export function subDocument(source: SourceDocument, at: NodePath, value: unknown): SourceDocument {
  return {
    file: source.file,
    value,
    rangeOf: (path, part, piece) => source.rangeOf([...at, ...path], part, piece),
    textEdits: (edits) =>
      source.textEdits(edits.map((edit) => ({ ...edit, path: [...at, ...edit.path] }))),
  };
}
