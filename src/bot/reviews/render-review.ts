import { code } from "../../promotion/markdown.ts";
import { firstWithin, sizeOf } from "../../streams/plan/plan-markdown.ts";
import { renderPlanMarkdown } from "../../streams/plan/render-plan-markdown.ts";
import { countFindings, renderFindings } from "./render-findings.ts";
import type { Review, ReviewedStream } from "./review.ts";

/** Whether the pull request passes `validate`. */
export function passes(review: Pick<Review, "findings" | "conflicts">): boolean {
  return (
    review.conflicts.length === 0 &&
    review.findings.every((finding) => finding.severity !== "error")
  );
}

/** More findings than this are read in the files. */
const inComment = { bytes: 30_000, findings: 50 };
/** GitHub takes 65,536 characters; some are for what stands around. */
const maximumBytes = 62_000;
const bytesForGraphs = 14_000;

/** The sticky comment of a review. */
export function renderReviewComment(review: Review): string {
  const { findings, conflicts, silenced, older, plan } = review;
  const first = [
    `### ${reviewHeadline(review)}`,
    conflicts.length > 0 ? renderConflicts(conflicts) : undefined,
    findings.length > 0 ? renderFindings(findings, review, inComment) : undefined,
    silenced > 0 ? `<sub>${silencedNote(silenced)}</sub>` : undefined,
    older > 0 ? olderNote(older) : undefined,
  ];
  const last = [
    ...firstWithin(review.streams.map(renderGraph), bytesForGraphs),
    `<sub>Checked ${review.headSha.slice(0, 10)} merged into the base branch. \`/validate\` checks again, \`/help\` lists the commands.</sub>`,
  ];
  const left = maximumBytes - sizeOf([...first, ...last].join("\n\n"));
  const middle =
    passes(review) && plan !== undefined
      ? `#### What the merge would build\n\n${renderPlanMarkdown(plan, left)}`
      : undefined;
  return [...first, middle, ...last].filter((part) => part !== undefined).join("\n\n");
}

function reviewHeadline(review: Review): string {
  if (review.conflicts.length > 0) return "❌ This pull request conflicts with its base branch";
  if (!passes(review)) return `❌ Not ready: ${countFindings(review.findings)}`;
  if (review.findings.length > 0) return `✅ Valid, with ${countFindings(review.findings)}`;
  return "✅ Valid";
}

function renderConflicts(paths: readonly string[]): string {
  const list = paths.map((path) => `- ${code(path)}`).join("\n");
  return `Nothing was checked, because what would be merged does not exist yet. Merge or rebase the base branch, and resolve:\n\n${list}`;
}

/** That what is silenced was not overlooked; empty where nothing is. */
export function silencedNote(count: number): string {
  if (count === 0) return "";
  return `${count} ${count === 1 ? "finding is" : "findings are"} silenced with a reason in the files that change.`;
}

function olderNote(count: number): string {
  const findings = count === 1 ? "1 finding stands" : `${count} findings stand`;
  return `<sub>${findings} on the base branch already and ${count === 1 ? "is" : "are"} not listed here.</sub>`;
}

function renderGraph(stream: ReviewedStream): string {
  return `<details><summary>The pipeline of <code>${stream.name}</code></summary>\n\n\`\`\`mermaid\n${stream.graph}\n\`\`\`\n\n</details>`;
}
