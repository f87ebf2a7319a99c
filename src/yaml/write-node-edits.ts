import { Scalar, isAlias, isScalar } from "yaml";
import type { Document, Node } from "yaml";
import { exactPlace, isShared } from "./exact-place.ts";
import type { ExactPlace } from "./exact-place.ts";
import { nestPair } from "./nest-pair.ts";
import type { NodeEdit } from "./node-edit.ts";
import { scalarText } from "./scalar-text.ts";
import type { TextEdit } from "./text-edit.ts";
import { documentsOf, offsetRange } from "./text-places.ts";

/**
 * The changes of one of a text's documents in terms of the text. Undefined where one of them can't be made, or would
 * change anything else: a value that other places share, or the form of a text of several lines.
 */
export function writeNodeEdits(
  text: string,
  index: number,
  edits: readonly NodeEdit[],
): readonly TextEdit[] | undefined {
  const document = documentsOf(text)[index];
  if (document === undefined) return undefined;
  const written = edits.map((edit) => writeEdit(text, document, edit, edits));
  return written.every((one) => one !== undefined) ? written.flat() : undefined;
}

function writeEdit(
  text: string,
  document: Document.Parsed,
  edit: NodeEdit,
  all: readonly NodeEdit[],
): readonly TextEdit[] | undefined {
  const place = exactPlace(document, edit.path);
  if (place === undefined) return undefined;
  if (edit.kind === "rename-key") return renamedKey(text, place, edit.to);
  if (edit.kind === "nest-pair") return nestPair(text, place, edit, all);
  const { value } = place;
  const source = value === undefined ? "" : sourceOf(text, value);
  // A tag would go on to say what the new value is.
  if (value === undefined || source === "" || isShared(value) || value.tag !== undefined)
    return undefined;
  switch (edit.kind) {
    case "replace-value":
      return replaced(text, value, source.includes("\n") ? undefined : edit.to);
    case "write-text":
      return replaced(text, value, textLike(value, source, edit.to, place.isInFlow));
    case "quote-value":
      return replaced(text, value, inQuotes(value, source));
    case "replace-piece":
      return replacedPieces(text, value, edit.piece, edit.to);
  }
}

function renamedKey(
  text: string,
  { key, map, isInFlow }: ExactPlace,
  to: string,
): readonly TextEdit[] | undefined {
  if (key === undefined || map?.has(to) === true) return undefined;
  return replaced(text, key, textLike(key, sourceOf(text, key), to, isInFlow));
}

function sourceOf(text: string, node: Node): string {
  const [start, end] = node.range ?? [0, 0];
  return text.slice(start, end);
}

function replaced(
  text: string,
  node: Node,
  newText: string | undefined,
): readonly TextEdit[] | undefined {
  const [start, end] = node.range ?? [0, 0];
  return newText === undefined ? undefined : [{ ...offsetRange(text, start, end), newText }];
}

/** A text as YAML in the quotes that the node has; undefined for a node that is no scalar of one line. */
function textLike(node: Node, source: string, to: string, isInFlow: boolean): string | undefined {
  if (source.includes("\n") || !(isScalar(node) || isAlias(node))) return undefined;
  const type = isScalar(node) ? node.type : undefined;
  const isPlain = !/\p{Cc}/u.test(to);
  if (type === Scalar.QUOTE_DOUBLE || !isPlain) return JSON.stringify(to);
  if (type === Scalar.QUOTE_SINGLE) return `'${to.replaceAll("'", "''")}'`;
  return isInFlow && /[,[\]{}]/.test(to) ? JSON.stringify(to) : scalarText(to);
}

function inQuotes(node: Node, source: string): string | undefined {
  const isPlain = isScalar(node) && node.type === Scalar.PLAIN && !/["\\\n]/.test(source);
  return isPlain ? `"${source}"` : undefined;
}

/** Signs that may end a scalar, or mean something else in some quotes. */
const meaningful = /["'\\#:,{}[\]\p{Cc}]/gu;

function replacedPieces(
  text: string,
  node: Node,
  piece: string,
  to: string,
): readonly TextEdit[] | undefined {
  if (!isScalar(node) || (to.match(meaningful) ?? []).some((sign) => !piece.includes(sign)))
    return undefined;
  const [start, end] = node.range ?? [0, 0];
  const edits: TextEdit[] = [];
  for (let at = text.indexOf(piece, start); at >= 0 && at + piece.length <= end;) {
    edits.push({ ...offsetRange(text, at, at + piece.length), newText: to });
    at = text.indexOf(piece, at + piece.length);
  }
  return edits.length === 0 ? undefined : edits;
}
