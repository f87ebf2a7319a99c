import type { LineSpan } from "../../github/open-mirror.ts";
import type { Finding, Severity } from "../../streams/findings/finding.ts";
import { applyFixes } from "../../streams/fixes/apply-fixes.ts";

/** New lines for some of a file, which mend one finding or several that share a line. */
export interface Suggestion extends LineSpan {
  readonly path: string;
  readonly newLines: readonly string[];
  readonly findings: readonly Finding[];
}

/** A suggestion is read line by line before it is taken; longer ones are for `validate --fix`. */
const mostLines = 30;

/**
 * What can be suggested on a pull request: fixes of findings whose lines it shows, the most severe first.
 * `textOf` gives a file's text where it is the head's own, and `shown` the lines of the head that the diff holds.
 */
export function suggestionsFor(
  findings: readonly Finding[],
  textOf: (path: string) => string | undefined,
  shown: ReadonlyMap<string, readonly LineSpan[]>,
): readonly Suggestion[] {
  const paths = [...new Set(findings.map(({ file }) => file))];
  const suggestions = paths.flatMap((path) => {
    const text = textOf(path);
    if (text === undefined) return [];
    const own = findings.filter(({ file, fix }) => file === path && fix !== undefined);
    return groups(own).flatMap((group) => suggest(path, text, group) ?? []);
  });
  return suggestions
    .filter(({ path, first, last }) =>
      (shown.get(path) ?? []).some((hunk) => hunk.first <= first && last <= hunk.last),
    )
    .sort((a, b) => severityOf(a) - severityOf(b));
}

/** Findings by the lines that their fixes change: those that share a line go together. */
function groups(findings: readonly Finding[]): readonly (readonly Finding[])[] {
  const sorted = findings.toSorted((a, b) => spanOf([a]).first - spanOf([b]).first);
  const found: Finding[][] = [];
  for (const finding of sorted) {
    const last = found.at(-1);
    if (last !== undefined && spanOf([finding]).first <= spanOf(last).last) last.push(finding);
    else found.push([finding]);
  }
  return found;
}

function spanOf(findings: readonly Finding[]): LineSpan {
  const edits = findings.flatMap(({ fix }) => fix?.edits ?? []);
  return {
    first: Math.min(...edits.map(({ line }) => line)),
    last: Math.max(...edits.map(({ endLine }) => endLine)),
  };
}

function suggest(path: string, text: string, findings: readonly Finding[]): Suggestion | undefined {
  const { first, last } = spanOf(findings);
  const { text: mended, fixed } = applyFixes(text, findings);
  const before = text.split("\n");
  const after = mended.split("\n");
  const newLines = after.slice(first - 1, after.length - (before.length - last));
  // GitHub writes the lines of a suggestion with line feeds alone.
  const isPlain = !before.slice(first - 1, last).some((line) => line.endsWith("\r"));
  if (fixed.length === 0 || last - first >= mostLines || !isPlain) return undefined;
  return { path, first, last, newLines, findings: fixed };
}

const severities: readonly Severity[] = ["error", "warning", "notice"];

function severityOf({ findings }: Suggestion): number {
  return Math.min(...findings.map(({ severity }) => severities.indexOf(severity)));
}
