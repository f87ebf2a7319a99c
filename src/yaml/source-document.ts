import { isAlias, isMap, isNode, isPair, isScalar, isSeq } from "yaml";
import type { Document, Node } from "yaml";
import { documentsOf, nodeRange, offsetRange } from "./text-places.ts";
import type { NodePath, Range, SourceDocument } from "./types.ts";
import { writeNodeEdits } from "./write-node-edits.ts";

/** Where a document stands: the file, its text, and which of the text's documents it is. */
export interface DocumentPlace {
  readonly file: string;
  readonly text: () => string;
  readonly index: number;
}

interface Found {
  readonly key: Node | undefined;
  readonly value: Node | undefined;
}

/** A document that finds the places of its nodes when it is asked for them; `value` is its plain data. */
export function sourceDocument(
  { file, text, index }: DocumentPlace,
  value: unknown,
): SourceDocument {
  return {
    file,
    value,
    rangeOf: (path, part = "value", piece = "") => {
      const whole = text();
      const found = findNearest(documentsOf(whole)[index], path);
      const node = part === "key" ? (found.key ?? found.value) : visibleValue(found);
      return pieceRange(whole, node, piece) ?? nodeRange(whole, node);
    },
    textEdits: (edits) => writeNodeEdits(text(), index, edits),
  };
}

function pieceRange(text: string, node: Node | undefined, piece: string): Range | undefined {
  const [start, end] = node?.range ?? [0, 0];
  const at = piece === "" ? -1 : text.slice(start, end).indexOf(piece);
  return at < 0 ? undefined : offsetRange(text, start + at, start + at + piece.length);
}

function visibleValue({ key, value }: Found): Node | undefined {
  if (value?.range && value.range[1] > value.range[0]) return value;
  return key ?? value;
}

function findNearest(document: Document.Parsed | undefined, path: NodePath): Found {
  let found: Found = { key: firstKey(document?.contents), value: document?.contents ?? undefined };
  for (const part of path) {
    const child = findChild(resolved(document, found.value), part);
    if (child === undefined) return found;
    found = child;
  }
  return found;
}

function firstKey(node: unknown): Node | undefined {
  const key = isMap(node) ? node.items[0]?.key : undefined;
  return isNode(key) ? key : undefined;
}

function resolved(document: Document.Parsed | undefined, node: Node | undefined): Node | undefined {
  return document !== undefined && isAlias(node) ? node.resolve(document) : node;
}

function findChild(node: Node | undefined, part: string | number): Found | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(part)];
    return isNode(item) ? { key: item, value: item } : undefined;
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === part);
  if (!isPair(pair) || !isNode(pair.key)) return undefined;
  return { key: pair.key, value: isNode(pair.value) ? pair.value : undefined };
}
