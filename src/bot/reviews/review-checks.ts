import { code } from "../../promotion/markdown.ts";
import { renderPlanMarkdown } from "../../streams/plan/render-plan-markdown.ts";
import { countFindings, findingAnnotations, renderFindings } from "./render-findings.ts";
import { passes, silencedNote } from "./render-review.ts";
import type { ReviewOutcome } from "./review.ts";

export interface CheckPlace {
  readonly headSha: string;
  readonly externalId: string;
}

/** The check `validate`; `about` is the commit that it stands on, and its key. */
export function validateCheck(about: CheckPlace, { review }: ReviewOutcome) {
  const passed = passes(review);
  return {
    name: "okd-streams / validate",
    ...about,
    status: "completed" as const,
    conclusion: passed ? ("success" as const) : ("failure" as const),
    title: validateTitle(review),
    summary: validateSummary(review),
    annotations: findingAnnotations(review.findings),
  };
}

/** Bytes. A summary may have 65,535 characters; the rest is for what stands around the findings. */
const inSummary = { bytes: 64_000, findings: Infinity };

function validateSummary(review: ReviewOutcome["review"]): string {
  const { findings, conflicts, silenced } = review;
  const said =
    findings.length > 0
      ? [`**${countFindings(findings)}**`, renderFindings(findings, review, inSummary)]
      : [conflictSummary(conflicts)];
  return [...said, silencedNote(silenced)].filter((part) => part !== "").join("\n\n");
}

function validateTitle(review: ReviewOutcome["review"]): string {
  if (review.conflicts.length > 0) return "Conflicts with the base branch";
  return review.findings.length === 0 ? "Valid" : countFindings(review.findings);
}

function conflictSummary(conflicts: readonly string[]): string {
  if (conflicts.length === 0) return "Every stream, channel and pipeline of the merge is valid.";
  return `Merge or rebase the base branch; these files conflict: ${conflicts.map(code).join(", ")}.`;
}

/** The check `plan`. */
export function planCheck(about: CheckPlace, { review, builds }: ReviewOutcome) {
  const valid = passes(review);
  return {
    name: "okd-streams / plan",
    ...about,
    status: "completed" as const,
    conclusion: builds > 0 && valid ? ("success" as const) : ("neutral" as const),
    title: planTitle(review, builds),
    summary:
      valid && review.plan !== undefined
        ? renderPlanMarkdown(review.plan)
        : "There is a plan as soon as the pull request is valid.",
  };
}

function planTitle(review: ReviewOutcome["review"], builds: number): string {
  if (!passes(review)) return "No plan while the pull request is not valid";
  const count = builds === 0 ? "nothing" : `${builds} stream${builds === 1 ? "" : "s"}`;
  const gaps = review.plan?.triggers.gaps.length ?? 0;
  const unmet = review.plan?.needs.gaps.length ?? 0;
  const missing = [...(gaps > 0 ? ["triggers"] : []), ...(unmet > 0 ? ["machines"] : [])];
  return `The merge builds ${count}${missing.length > 0 ? `, and ${missing.join(" and ")} are missing` : ""}`;
}
