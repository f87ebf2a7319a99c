import { cutUtf8, neutralise } from "../../github/text.ts";
import { code } from "../../promotion/markdown.ts";
import type { Finding, Severity } from "../../streams/findings/finding.ts";
import { bySeverity, groupFindings, type FindingGroup } from "./group-findings.ts";

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

/** Twenty requests: a file may hold mistakes without end, and GitHub takes only so many writes an hour. */
const mostAnnotations = 1000;

/** An annotation for each finding; of very many for the most severe. */
export function findingAnnotations(findings: readonly Finding[]): readonly Annotation[] {
  return bySeverity(findings).slice(0, mostAnnotations).map(findingAnnotation);
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

/** How long what is rendered may become, and how many findings it may list. */
export interface RenderLimits {
  readonly bytes: number;
  readonly findings: number;
}

/** What is needed to say where findings are and whom they concern. */
export interface FindingContext {
  readonly fileUrl: (finding: Finding) => string;
  /** By the path of a file of Tekton's: the streams that use it. */
  readonly streamsByFile: ReadonlyMap<string, readonly string[]>;
}

/**
 * The findings as Markdown lists by stream, channel or file, the most severe first, each with its line, its rule's page
 * and how to mend it. What is too long loses whole findings at its end and says how many.
 */
export function renderFindings(
  findings: readonly Finding[],
  { fileUrl, streamsByFile }: FindingContext,
  limits: RenderLimits,
): string {
  const parts: string[] = [];
  let [bytes, listed] = [longestNote, 0];
  for (const group of groupFindings(findings, streamsByFile)) {
    let before = `${parts.length === 0 ? "" : "\n\n"}${renderSubject(group)}\n\n`;
    for (const finding of group.findings) {
      const part = `${before}${renderFinding(finding, fileUrl(finding))}`;
      bytes += Buffer.byteLength(part);
      if (listed === limits.findings || bytes > limits.bytes)
        return `${parts.join("")}\n\n${leftNote(findings.length - listed, findings.length)}`;
      parts.push(part);
      listed += 1;
      before = "\n";
    }
  }
  return parts.join("");
}

function leftNote(left: number, all: number): string {
  return `… and ${left} more of the ${all}: the check \`okd-streams / validate\` shows them in the changed files, and \`okd-streams validate\` lists them all.`;
}

/** Bytes: a file may hold a name or value of any length, a comment may not. */
const longestNote = 250;
const longestFile = 300;
const longestMessage = 500;
const mostUsers = 5;

function renderSubject({ kind, name, file, usedBy, findings }: FindingGroup): string {
  const count = countFindings(findings);
  const shown = (text: string): string => code(cutUtf8(text, longestFile));
  if (kind !== "File") return `**${kind} ${shown(name)}**: ${count} in ${shown(file)}`;
  const users = usedBy.slice(0, mostUsers).map(code).join(", ");
  const more = usedBy.length > mostUsers ? ` and ${usedBy.length - mostUsers} more` : "";
  return `**${shown(file)}**: ${count}${users === "" ? "" : `, used by ${users}${more}`}`;
}

function renderFinding({ severity, line, column, rule, ...finding }: Finding, url: string): string {
  const place = `[${line}:${column}](${url})`;
  const said = (text: string): string =>
    neutralise(cutUtf8(text, longestMessage).replace(/\s+/g, " "));
  return `- ${icons[severity]} ${place} ${said(finding.message)} ([\`${rule}\`](${finding.helpUrl}))\n  → ${said(finding.help)}`;
}
