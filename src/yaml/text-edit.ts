import type { Range } from "./types.ts";

/** One replacement in a text; an empty range inserts, an empty `newText` removes. */
export interface TextEdit extends Range {
  readonly newText: string;
}

/**
 * The text after edits whose ranges are those of the text before. Of edits that overlap the first counts, so that two
 * fixes of one place never mix.
 */
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
    if (start < done) continue;
    result += text.slice(done, start) + newText;
    done = end;
  }
  return result + text.slice(done);
}

/** Offsets at which lines begin; lines end as the `yaml` package counts them, with a line feed. */
function lineStarts(text: string): number[] {
  return [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
}
