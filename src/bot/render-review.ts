import { neutralise } from "../github/text.ts";
import type { Finding, Severity } from "../streams/finding.ts";
import type { Review, ReviewedStream } from "./review.ts";

export interface Annotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly start_column?: number;
  readonly end_column?: number;
  readonly annotation_level: "failure" | "warning" | "notice";
  readonly title: string;
  readonly message: string;
}

const levels: Readonly<Record<Severity, Annotation["annotation_level"]>> = {
  error: "failure",
  warning: "warning",
  notice: "notice",
};

const icons: Readonly<Record<Severity, string>> = { error: "❌", warning: "⚠️", notice: "ℹ️" };

/**
 * The annotation of a finding. GitHub takes columns on single-line annotations only.
 * https://docs.github.com/en/rest/checks/runs#create-a-check-run
 */
export function findingAnnotation(finding: Finding): Annotation {
  const oneLine = finding.line === finding.endLine;
  return {
    path: finding.file,
    start_line: finding.line,
    end_line: finding.endLine,
    ...(oneLine
      ? {
          start_column: finding.column,
          end_column: Math.max(finding.column, finding.endColumn - 1),
        }
      : {}),
    annotation_level: levels[finding.severity],
    title: finding.rule,
    message: `${finding.message}\n${finding.help}`,
  };
}

/** `2 errors and 1 warning`, or `no findings`. */
export function countFindings(findings: readonly Finding[]): string {
  const words = (["error", "warning", "notice"] as const).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    if (count === 0) return [];
    return [`${count} ${severity}${count === 1 ? "" : "s"}`];
  });
  if (words.length === 0) return "no findings";
  if (words.length === 1) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}

/** The findings as a Markdown list, grouped by file, each with its place and how to mend it. */
export function renderFindings(
  findings: readonly Finding[],
  fileUrl: (finding: Finding) => string,
): string {
  const files = [...new Set(findings.map((finding) => finding.file))];
  return files
    .map((file) => {
      const own = findings.filter((finding) => finding.file === file);
      return `**\`${codeText(file)}\`**\n\n${own.map((finding) => renderFinding(finding, fileUrl(finding))).join("\n")}`;
    })
    .join("\n\n");
}

function renderFinding(finding: Finding, url: string): string {
  const place = `[${finding.line}:${finding.column}](${url})`;
  return `- ${icons[finding.severity]} ${place} ${neutralise(finding.message)} (\`${finding.rule}\`)\n  → ${neutralise(finding.help)}`;
}

function codeText(text: string): string {
  return text.replaceAll("`", "'").replaceAll("\n", " ");
}

/** Whether the pull request passes `validate`. */
export function passes(review: Pick<Review, "findings" | "conflicts">): boolean {
  return (
    review.conflicts.length === 0 &&
    review.findings.every((finding) => finding.severity !== "error")
  );
}

/** The sticky comment of a review. */
export function renderReviewComment(review: Review): string {
  const parts = [
    `### ${reviewHeadline(review)}`,
    review.conflicts.length > 0 ? renderConflicts(review.conflicts) : undefined,
    review.findings.length > 0 ? renderFindings(review.findings, review.fileUrl) : undefined,
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
  const list = paths.map((path) => `- \`${codeText(path)}\``).join("\n");
  return `Nothing was checked, because what would be merged does not exist yet. Merge or rebase the base branch, and resolve:\n\n${list}`;
}

function olderNote(count: number): string {
  const findings = count === 1 ? "1 finding stands" : `${count} findings stand`;
  return `<sub>${findings} on the base branch already and ${count === 1 ? "is" : "are"} not listed here.</sub>`;
}

function renderGraph(stream: ReviewedStream): string {
  return `<details><summary>The pipeline of <code>${stream.name}</code></summary>\n\n\`\`\`mermaid\n${stream.graph}\n\`\`\`\n\n</details>`;
}
