import { isAlias, isMap, isNode, isPair, isScalar, isSeq } from "yaml";
import type { Document, LineCounter, Node } from "yaml";
import type { NodePath, Range, SourceDocument } from "./types.ts";

export interface SourceText {
  readonly file: string;
  readonly text: string;
  readonly lines: LineCounter;
}

interface Found {
  readonly key: Node | undefined;
  readonly value: Node | undefined;
}

/** A document together with the places of its nodes; `value` is its plain data. */
export function sourceDocument(
  source: SourceText,
  document: Document.Parsed,
  value: unknown,
): SourceDocument {
  return {
    file: source.file,
    value,
    rangeOf: (path, part = "value", piece = "") => {
      const found = findNearest(document, path);
      const node = part === "key" ? (found.key ?? found.value) : visibleValue(found);
      return pieceRange(source, node, piece) ?? nodeRange(source, node);
    },
  };
}

/** The range of a node, without the white space that belongs to its end; the file's start where it has none. */
export function nodeRange(source: SourceText, node: Node | undefined): Range {
  const [start, end] = node?.range ?? [0, 0];
  const length = source.text.slice(start, end).trimEnd().length;
  return offsetRange(source, start, start + length);
}

function pieceRange(source: SourceText, node: Node | undefined, piece: string): Range | undefined {
  const [start, end] = node?.range ?? [0, 0];
  const at = piece === "" ? -1 : source.text.slice(start, end).indexOf(piece);
  return at < 0 ? undefined : offsetRange(source, start + at, start + at + piece.length);
}

/** The range between two offsets (UTF-16 units) of the text, the end exclusive. */
export function offsetRange(source: SourceText, start: number, end: number): Range {
  const from = source.lines.linePos(start);
  const to = source.lines.linePos(Math.max(start, end));
  return {
    line: Math.max(1, from.line),
    column: Math.max(1, from.col),
    endLine: Math.max(1, to.line),
    endColumn: Math.max(1, to.col),
  };
}

function visibleValue({ key, value }: Found): Node | undefined {
  if (value?.range && value.range[1] > value.range[0]) return value;
  return key ?? value;
}

function findNearest(document: Document.Parsed, path: NodePath): Found {
  let found: Found = { key: firstKey(document.contents), value: document.contents ?? undefined };
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

function resolved(document: Document.Parsed, node: Node | undefined): Node | undefined {
  return isAlias(node) ? node.resolve(document) : node;
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
