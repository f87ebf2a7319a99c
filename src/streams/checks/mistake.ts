import type { NodeFix } from "../../yaml/node-fix.ts";
import type { NodePath, Range, SourceDocument } from "../../yaml/types.ts";
import type { Fix } from "../findings/finding.ts";
import type { RuleId } from "../rules/rules.ts";

/** A finding before the settings have their say on its severity. */
export interface Mistake extends Range {
  readonly rule: RuleId;
  readonly file: string;
  readonly message: string;
  readonly help: string;
  readonly fix?: Fix;
  /** It stands at a value that was guessed: a consequence of another mistake, which is told. */
  readonly isConsequence?: true;
}

export interface MistakeText {
  readonly message: string;
  readonly help: string;
  /** The piece of the value that is wrong, where it is not all of it. */
  readonly piece?: string;
  /** Left out of the mistake where the text does not allow it. */
  readonly fix?: NodeFix;
}

/** A mistake at the key or the value of a path in a document. */
export function mistakeAt(
  source: SourceDocument,
  rule: RuleId,
  path: NodePath,
  part: "key" | "value",
  { message, help, piece, fix }: MistakeText,
): Mistake {
  const range = source.rangeOf(path, part, piece);
  const isConsequence = source.isGuess?.(path) === true;
  const place = { rule, file: source.file, ...range, message, help };
  if (isConsequence) return { ...place, isConsequence };
  const edits = fix === undefined ? undefined : source.textEdits(fix.edits);
  if (fix === undefined || edits === undefined) return place;
  return { ...place, fix: { title: fix.title, edits } };
}

/** A mistake of a file as a whole: it stands at its first character. */
export function mistakeOfFile(
  file: string,
  rule: RuleId,
  text: { readonly message: string; readonly help: string },
): Mistake {
  return { rule, file, line: 1, column: 1, endLine: 1, endColumn: 1, ...text };
}
