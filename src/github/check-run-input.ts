import { cutUtf8 } from "./text.ts";

export type CheckConclusion =
  "success" | "failure" | "neutral" | "cancelled" | "skipped" | "timed_out" | "action_required";

export interface CheckAnnotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  /** Columns count on annotations of a single line only. */
  readonly start_column?: number;
  readonly end_column?: number;
  readonly annotation_level: "notice" | "warning" | "failure";
  readonly message: string;
  readonly title?: string;
}

export interface CheckRunInput {
  readonly name: string;
  readonly headSha: string;
  /** Our key of what the check stands for; another key makes another check run. */
  readonly externalId: string;
  readonly status: "queued" | "in_progress" | "completed";
  /** With status `completed`, and only then. */
  readonly conclusion?: CheckConclusion;
  readonly title: string;
  readonly summary: string;
  readonly text?: string;
  readonly annotations?: readonly CheckAnnotation[];
  /** At most three buttons. */
  readonly actions?: readonly {
    readonly label: string;
    readonly description: string;
    readonly identifier: string;
  }[];
  readonly detailsUrl?: string;
  readonly startedAt?: string;
  readonly completedAt?: string;
  /** What an earlier call gave, so that nothing is asked or written twice. */
  readonly known?: { readonly id: number; readonly hash: string };
  /** True where nobody can have made this check run before, so that it is not looked for. */
  readonly isFirst?: boolean;
}

/** https://docs.github.com/en/rest/checks/runs#create-a-check-run */
const limits = {
  title: 255,
  text: 65_535,
  annotationMessage: 65_535,
  annotationTitle: 255,
  actions: 3,
  label: 20,
  description: 40,
  identifier: 20,
};

/** The input as GitHub takes it: every text within its limit. */
export function fitCheckRun(input: CheckRunInput): CheckRunInput {
  return {
    ...input,
    title: cutUtf8(input.title, limits.title),
    summary: cutUtf8(input.summary, limits.text),
    ...(input.text === undefined ? {} : { text: cutUtf8(input.text, limits.text) }),
    ...(input.annotations === undefined
      ? {}
      : { annotations: input.annotations.map(fitAnnotation) }),
    ...(input.actions === undefined
      ? {}
      : {
          actions: input.actions.slice(0, limits.actions).map((action) => ({
            label: cutUtf8(action.label, limits.label),
            description: cutUtf8(action.description, limits.description),
            identifier: cutUtf8(action.identifier, limits.identifier),
          })),
        }),
  };
}

function fitAnnotation(annotation: CheckAnnotation): CheckAnnotation {
  const { start_column, end_column, ...rest } = annotation;
  const columns =
    annotation.start_line === annotation.end_line
      ? {
          ...(start_column === undefined ? {} : { start_column }),
          ...(end_column === undefined ? {} : { end_column }),
        }
      : {};
  return {
    ...rest,
    ...columns,
    message: cutUtf8(annotation.message, limits.annotationMessage),
    ...(annotation.title === undefined
      ? {}
      : { title: cutUtf8(annotation.title, limits.annotationTitle) }),
  };
}
