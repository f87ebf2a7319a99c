import type { Range } from "../../yaml/types.ts";

export type Severity = "error" | "warning" | "notice";

/** One validation message: which rule, where exactly, what is wrong, how to mend it. */
export interface Finding extends Range {
  readonly rule: string;
  readonly severity: Severity;
  readonly file: string;
  readonly message: string;
  readonly help: string;
}
