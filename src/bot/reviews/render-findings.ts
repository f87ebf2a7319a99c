import { cutUtf8, neutralise } from "../../github/text.ts";
import { code } from "../../promotion/markdown.ts";
import type { Finding, Severity } from "../../streams/findings/finding.ts";

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

/** What GitHub takes in one request, and more than anybody mends at once. */
const maximumListed = 50;
const severities: readonly Severity[] = ["error", "warning", "notice"];

/** The findings that are shown one by one: all of them, or the most severe ones in their order. */
export function listedFindings(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= maximumListed) return findings;
  const chosen = severities
    .flatMap((severity) => findings.filter((finding) => finding.severity === severity))
    .slice(0, maximumListed);
  const kept = new Set(chosen);
  return findings.filter((finding) => kept.has(finding));
}

/** The findings as a Markdown list, grouped by file, each with its place and how to mend it; a long list is cut. */
export function renderFindings(
  findings: readonly Finding[],
  fileUrl: (finding: Finding) => string,
): string {
  const listed = listedFindings(findings);
  const files = [...new Set(listed.map((finding) => finding.file))];
  const groups = files.map((file) => {
    const own = listed.filter((finding) => finding.file === file);
    return `**${code(cutUtf8(file, longestFile))}**\n\n${own.map((finding) => renderFinding(finding, fileUrl(finding))).join("\n")}`;
  });
  const left = findings.length - listed.length;
  if (left > 0)
    groups.push(
      `… and ${left} more of the ${findings.length}: \`okd-streams validate\` lists them all.`,
    );
  return groups.join("\n\n");
}

/** Bytes: a file may hold a name or value of any length, a comment may not. */
const longestFile = 300;
const longestMessage = 500;

function renderFinding(finding: Finding, url: string): string {
  const place = `[${finding.line}:${finding.column}](${url})`;
  const said = (text: string): string =>
    neutralise(cutUtf8(text, longestMessage).replace(/\s+/g, " "));
  return `- ${icons[finding.severity]} ${place} ${said(finding.message)} (\`${finding.rule}\`)\n  → ${said(finding.help)}`;
}
