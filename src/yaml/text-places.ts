import { LineCounter } from "yaml";
import type { Document, Node } from "yaml";
import { composeText, isEmpty } from "./compose-text.ts";
import type { Range } from "./types.ts";

interface ParsedText {
  readonly text: string;
  readonly lines: LineCounter;
  readonly documents: readonly Document.Parsed[];
}

/** Texts that were asked about last: mistakes come in bunches, and the nodes of all texts would fill the memory. */
const kept: ParsedText[] = [];
const maximumKept = 8;

/** The documents of a text that was parsed before, without empty ones. It is parsed again: most texts are never asked about. */
export function documentsOf(text: string): readonly Document.Parsed[] {
  const known = kept.find((parsed) => parsed.text === text);
  if (known !== undefined) return known.documents;
  const composed = composeText(text);
  const documents =
    "deep" in composed ? [] : [...composed].filter((document) => !isEmpty(document));
  kept.unshift({ text, lines: countLines(text), documents });
  kept.splice(maximumKept);
  return documents;
}

/** The range of a node, without the white space that belongs to its end; the file's start where it has none. */
export function nodeRange(text: string, node: Node | undefined): Range {
  const [start, end] = node?.range ?? [0, 0];
  const length = text.slice(start, end).trimEnd().length;
  return offsetRange(text, start, start + length);
}

/** The range between two offsets (UTF-16 units) of the text, the end exclusive. */
export function offsetRange(text: string, start: number, end: number): Range {
  const lines = kept.find((parsed) => parsed.text === text)?.lines ?? countLines(text);
  // What is missing at the end of a text is told one place behind it.
  const inText = (offset: number) => Math.min(Math.max(0, offset), text.length);
  const from = lines.linePos(inText(start));
  const to = lines.linePos(inText(Math.max(start, end)));
  return {
    line: Math.max(1, from.line),
    column: Math.max(1, from.col),
    endLine: Math.max(1, to.line),
    endColumn: Math.max(1, to.col),
  };
}

/** Lines end as the `yaml` package counts them, with a line feed. */
function countLines(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
    lines.addNewLine(at + 1);
  }
  return lines;
}
