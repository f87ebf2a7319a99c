import { tektonFaults } from "../../../src/tekton/faults/tekton-faults.ts";
import type { TektonFault } from "../../../src/tekton/faults/tekton-fault.ts";
import { parseYaml } from "../../../src/yaml/parse-yaml.ts";
import type { SourceDocument } from "../../../src/yaml/types.ts";

/** The one document of a YAML text. */
export function documentOf(text: string): SourceDocument {
  const { documents, problems } = parseYaml("tekton/x.yaml", text);
  const [document] = documents;
  if (document === undefined || problems.length > 0) throw new Error(JSON.stringify(problems));
  return document;
}

/** A Task whose spec, from line 6 on, is this YAML. */
export function taskWith(spec: string): string {
  const head = "apiVersion: tekton.dev/v1\nkind: Task\nmetadata:\n  name: example\nspec:\n";
  return `${head}${spec.trim().replace(/^(?=.)/gm, "  ")}\n`;
}

/** Each fault of a document as `rule line:column`, with what stands there. */
export function foundIn(text: string): readonly string[] {
  const document = documentOf(text);
  const lines = text.split("\n");
  return tektonFaults(document).map(({ rule, path, part, piece }) => {
    const range = document.rangeOf(path, part, piece);
    const line = lines[range.line - 1] ?? "";
    const end = range.endLine === range.line ? range.endColumn - 1 : line.length;
    return `${rule} ${range.line}:${range.column} ${line.slice(range.column - 1, end)}`;
  });
}

/** The text after all fixes of its faults. */
export function mended(text: string): string {
  const document = documentOf(text);
  const edits = tektonFaults(document).flatMap(({ fix }: TektonFault) =>
    fix === undefined ? [] : (document.textEdits(fix.edits) ?? []),
  );
  const lines = text.split("\n");
  for (const edit of edits.toSorted((a, b) => b.line - a.line || b.column - a.column)) {
    const line = lines[edit.line - 1] ?? "";
    const after = (lines[edit.endLine - 1] ?? "").slice(edit.endColumn - 1);
    const changed = line.slice(0, edit.column - 1) + edit.newText + after;
    lines.splice(edit.line - 1, edit.endLine - edit.line + 1, changed);
  }
  return lines.join("\n");
}
