import { LineCounter } from "yaml";
import { findComments } from "../../yaml/find-comments.ts";
import type { Comment } from "../../yaml/find-comments.ts";
import type { Silence } from "./silence.ts";

/** The word that such a comment begins with. */
export const silenceMark = "okd-streams-ignore";

const form = new RegExp(`^#+\\s*${silenceMark}(?::|\\s|$)\\s*([^\\s:]*)\\s*:?\\s*(.*?)\\s*$`, "s");

/**
 * The comments `# okd-streams-ignore RULE: reason` of a YAML text. Behind something they mean their own line; on a line
 * of their own they mean the next line that is neither empty nor a comment.
 */
export function findSilences(file: string, text: string): Silence[] {
  if (!text.includes(silenceMark)) return [];
  const lines = text.split("\n");
  const counter = new LineCounter();
  lines.reduce((offset, line) => {
    counter.addNewLine(offset);
    return offset + line.length + 1;
  }, 0);
  return findComments(text).flatMap((comment) => {
    const found = form.exec(comment.text);
    if (found === null) return [];
    const [, rule = "", reason = ""] = found;
    const range = rangeOf(comment, counter);
    return [{ file, rule, reason, line: meantLine(lines, range.line, range.column), range }];
  });
}

function rangeOf({ text, start }: Comment, counter: LineCounter): Silence["range"] {
  const { line, col: column } = counter.linePos(start);
  return { line, column, endLine: line, endColumn: column + text.trimEnd().length };
}

function meantLine(lines: readonly string[], line: number, column: number): number {
  const isAlone = (lines[line - 1] ?? "").slice(0, column - 1).trim() === "";
  if (!isAlone) return line;
  const below = lines.slice(line).findIndex((text) => !/^\s*(#.*)?$/.test(text));
  return below < 0 ? line : line + 1 + below;
}
