export interface DiffLine {
  readonly kind: "hunk" | "plus" | "minus" | "same";
  readonly text: string;
  readonly oldLine?: number;
  readonly newLine?: number;
}

/** The lines of a unified diff with their numbers before and after. */
export function parsePatch(patch: string): readonly DiffLine[] {
  const lines: DiffLine[] = [];
  let oldLine = 0;
  let newLine = 0;
  for (const text of patch.replace(/\n$/, "").split("\n")) {
    const hunk = /^@@ -(\d+)(?:,\d+)? \+(\d+)/.exec(text);
    if (hunk !== null) {
      oldLine = Number(hunk[1]);
      newLine = Number(hunk[2]);
      lines.push({ kind: "hunk", text });
    } else if (text.startsWith("+")) {
      lines.push({ kind: "plus", text, newLine });
      newLine += 1;
    } else if (text.startsWith("-")) {
      lines.push({ kind: "minus", text, oldLine });
      oldLine += 1;
    } else if (text.startsWith(" ")) {
      lines.push({ kind: "same", text, oldLine, newLine });
      oldLine += 1;
      newLine += 1;
    }
  }
  return lines;
}
