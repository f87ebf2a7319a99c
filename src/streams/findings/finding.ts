import type { TextEdit } from "../../yaml/text-edit.ts";
import type { Range } from "../../yaml/types.ts";

export type Severity = "error" | "warning" | "notice";

/** A mechanical change of the finding's file that mends it and needs no thought. */
export interface Fix {
  /** In the imperative, such as `Rename it to "params"`. */
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** One validation message: which rule, where exactly, what is wrong, how to mend it. */
export interface Finding extends Range {
  readonly rule: string;
  readonly severity: Severity;
  readonly file: string;
  readonly message: string;
  readonly help: string;
  /** The page of the rule. */
  readonly helpUrl: string;
  readonly fix?: Fix;
}

/** A finding that a comment in its file silences. */
export interface SilencedFinding extends Finding {
  /** As the comment gives it. */
  readonly reason: string;
}
