import type { Severity } from "../findings/finding.ts";

/** One rule of the validation, as docs/rules.md explains it. */
export interface Rule {
  readonly severity: Severity;
  /** True where the settings can't change the severity: without the rule the file could not be used. */
  readonly fixed?: true;
  readonly what: string;
  readonly why: string;
  readonly mend: string;
}

export const unusable = { severity: "error", fixed: true } as const;
export const error = { severity: "error" } as const;
export const warning = { severity: "warning" } as const;
