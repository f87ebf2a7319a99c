import type { NodePath, Range, SourceDocument } from "../../yaml/types.ts";
import type { RuleId } from "../rules/rules.ts";

/** A finding before the settings have their say on its severity. */
export interface Mistake extends Range {
  readonly rule: RuleId;
  readonly file: string;
  readonly message: string;
  readonly help: string;
}

export interface MistakeText {
  readonly message: string;
  readonly help: string;
}

/** A mistake at the key or the value of a path in a document. */
export function mistakeAt(
  source: SourceDocument,
  rule: RuleId,
  path: NodePath,
  part: "key" | "value",
  text: MistakeText,
): Mistake {
  return { rule, file: source.file, ...source.rangeOf(path, part), ...text };
}

/** A mistake of a file as a whole: it stands at its first character. */
export function mistakeOfFile(file: string, rule: RuleId, text: MistakeText): Mistake {
  return { rule, file, line: 1, column: 1, endLine: 1, endColumn: 1, ...text };
}
