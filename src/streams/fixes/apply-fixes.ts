import { parseYaml } from "../../yaml/parse-yaml.ts";
import { applyTextEdits, overlap } from "../../yaml/text-edit.ts";
import type { TextEdit } from "../../yaml/text-edit.ts";
import type { Finding } from "../findings/finding.ts";

export interface FixedText {
  readonly text: string;
  /** The findings whose fixes were made. */
  readonly fixed: readonly Finding[];
}

/**
 * A file's text with the fixes of its findings, each whole or not at all. One that touches what another has changed is
 * left for the next look at the file, and so is one after which the text would be no YAML any more.
 */
export function applyFixes(text: string, findings: readonly Finding[]): FixedText {
  const fixed = withoutOverlaps(findings);
  const together = apply(text, fixed);
  if (isAsReadable(together, text)) return { text: together, fixed };
  const kept: Finding[] = [];
  for (const finding of fixed) {
    if (isAsReadable(apply(text, [...kept, finding]), text)) kept.push(finding);
  }
  return { text: apply(text, kept), fixed: kept };
}

function apply(text: string, findings: readonly Finding[]): string {
  return applyTextEdits(text, findings.flatMap(editsOf));
}

function editsOf({ fix }: Finding): readonly TextEdit[] {
  return fix?.edits ?? [];
}

function withoutOverlaps(findings: readonly Finding[]): readonly Finding[] {
  const taken: TextEdit[] = [];
  return findings.filter((finding) => {
    const edits = editsOf(finding);
    if (edits.some((edit) => taken.some((other) => overlap(edit, other)))) return false;
    taken.push(...edits);
    return edits.length > 0;
  });
}

function isAsReadable(after: string, before: string): boolean {
  return problems(after) <= problems(before);
}

function problems(text: string): number {
  return parseYaml("", text).problems.length;
}
