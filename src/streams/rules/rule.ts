import type { Severity } from "../findings/finding.ts";

/** The text of a file, or where it leads. */
export type ExampleFile = string | { readonly symlink: string };

/**
 * A mistake and how it looks mended, as people read it on the rule's page and a test runs it. `wrong` and `right` are
 * YAML that is laid over a valid file of the kind `of` (mappings key by key, `null` removes, everything else
 * replaces); with `of: "files"`
 * they are whole files by path, laid over a valid repository; `elsewhere` are files of other repositories that were
 * fetched, by `gitFileKey`.
 */
export type Example =
  | {
      readonly of:
        | "stream"
        | "channel"
        | "settings"
        | "pipeline"
        | "task"
        | "stepAction"
        | "pipelineRun"
        | "taskRun";
      readonly wrong: string;
      readonly right: string;
    }
  | {
      readonly of: "files";
      readonly wrong: Readonly<Record<string, ExampleFile>>;
      readonly right: Readonly<Record<string, ExampleFile>>;
      readonly elsewhere?: Readonly<Record<string, string>>;
    };

/** One rule of the validation, as docs/rules explains it. */
export interface Rule {
  /** `off` where a repository has to ask for the rule. */
  readonly severity: Severity | "off";
  /** True where the settings can't change the severity: without the rule the file could not be used. */
  readonly fixed?: true;
  readonly what: string;
  readonly why: string;
  readonly mend: string;
  readonly example: Example;
}

export const unusable = { severity: "error", fixed: true } as const;
export const error = { severity: "error" } as const;
export const warning = { severity: "warning" } as const;
export const off = { severity: "off" } as const;
