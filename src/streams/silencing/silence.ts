import type { Range } from "../../yaml/types.ts";

/** A comment by which an author silences one rule at one place. */
export interface Silence {
  readonly file: string;
  /** As it is written; whether there is such a rule is another question. */
  readonly rule: string;
  /** Empty where none is given. */
  readonly reason: string;
  /** The line whose findings are meant. */
  readonly line: number;
  /** Where the comment itself stands. */
  readonly range: Range;
}
