import { code } from "../../promotion/markdown.ts";
import { countFindings, renderFindings } from "./render-findings.ts";
import type { Review, ReviewedStream } from "./review.ts";

/** Whether the pull request passes `validate`. */
export function passes(review: Pick<Review, "findings" | "conflicts">): boolean {
  return (
    review.conflicts.length === 0 &&
    review.findings.every((finding) => finding.severity !== "error")
  );
}

/** A comment has to leave room for the plan, and more findings than this are read in the files. */
const inComment = { bytes: 30_000, findings: 50 };

/** The sticky comment of a review. */
export function renderReviewComment(review: Review): string {
  const parts = [
    `### ${reviewHeadline(review)}`,
    review.conflicts.length > 0 ? renderConflicts(review.conflicts) : undefined,
    review.findings.length > 0 ? renderFindings(review.findings, review, inComment) : undefined,
    review.silenced > 0 ? `<sub>${silencedNote(review.silenced)}</sub>` : undefined,
    review.older > 0 ? olderNote(review.older) : undefined,
    passes(review) ? `#### What the merge would build\n\n${review.plan}` : undefined,
    ...review.streams.map(renderGraph),
    `<sub>Checked ${review.headSha.slice(0, 10)} merged into the base branch. \`/validate\` checks again, \`/help\` lists the commands.</sub>`,
  ];
  return parts.filter((part) => part !== undefined).join("\n\n");
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
