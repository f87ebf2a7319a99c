import type { Range } from "./types.ts";

/** One replacement in a text; an empty range inserts, an empty `newText` removes. */
export interface TextEdit extends Range {
  readonly newText: string;
}

/** The text after edits that stand apart; their ranges are those of the text before. */
export function applyTextEdits(text: string, edits: readonly TextEdit[]): string {
  const starts = lineStarts(text);
  const offset = (line: number, column: number): number =>
    Math.min(text.length, (starts[line - 1] ?? text.length) + column - 1);
  const placed = edits
    .map((edit) => ({
      start: offset(edit.line, edit.column),
      end: offset(edit.endLine, edit.endColumn),
      newText: edit.newText,
    }))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  let result = "";
  let done = 0;
  for (const { start, end, newText } of placed) {
    result += text.slice(done, start) + newText;
    done = end;
  }
  return result + text.slice(done);
}

/** Whether two edits touch one place, so that the outcome would depend on which is made first. */
export function overlap(one: TextEdit, other: TextEdit): boolean {
  const [first, second] = isBefore(one, other) ? [one, other] : [other, one];
  const meet = first.endLine - second.line || first.endColumn - second.column;
  return meet > 0 || samePlace(one, other);
}

function isBefore(one: Range, other: Range): boolean {
  return (one.line - other.line || one.column - other.column) < 0;
}

function samePlace(one: Range, other: Range): boolean {
  return one.line === other.line && one.column === other.column;
}

/** Offsets at which lines begin; lines end as the `yaml` package counts them, with a line feed. */
function lineStarts(text: string): number[] {
  return [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
}
