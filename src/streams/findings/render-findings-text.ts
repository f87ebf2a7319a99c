import type { Finding, Severity } from "./finding.ts";

/** How parts of the text are set off; every function gives its text back where there is no colour. */
export interface Colours {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
}

const frameWidth = 120;

/** Findings for a terminal, each with the line that it is about; `textOf` gives a file's text where it is known. */
export function renderFindingsText(
  findings: readonly Finding[],
  textOf: (file: string) => string | undefined,
  colours: Colours,
): string {
  const parts = findings.map((finding) => renderFinding(finding, textOf(finding.file), colours));
  return [...parts, summary(findings)].join("\n\n");
}

function renderFinding(finding: Finding, text: string | undefined, colours: Colours): string {
  const { file, line, column, severity, rule, message, help } = finding;
  const place = colours.bold(visible(`${file}:${line}:${column}`));
  const head = `${place}  ${paint(severity, colours)(severity)}  ${message}  ${colours.dim(rule)}`;
  const frame = text === undefined ? [] : codeFrame(finding, text, colours);
  return [head, ...frame, `  ${colours.cyan("help")}: ${help}`].join("\n");
}

function codeFrame(finding: Finding, text: string, colours: Colours): string[] {
  const code = text.split(/\r\n|\r|\n/)[finding.line - 1];
  if (code === undefined || finding.column > frameWidth) return [];
  const number = String(finding.line);
  const end = finding.endLine === finding.line ? finding.endColumn : code.length + 1;
  const width = Math.max(1, Math.min(end, frameWidth) - finding.column);
  const blank = " ".repeat(number.length);
  const marks = " ".repeat(finding.column - 1) + "^".repeat(width);
  return [
    `  ${colours.dim(`${number} |`)} ${visible(code.slice(0, frameWidth))}`,
    `  ${colours.dim(`${blank} |`)} ${paint(finding.severity, colours)(marks)}`,
  ];
}

function paint(severity: Severity, colours: Colours): (text: string) => string {
  if (severity === "error") return (text) => colours.red(text);
  if (severity === "warning") return (text) => colours.yellow(text);
  return (text) => colours.cyan(text);
}

function summary(findings: readonly Finding[]): string {
  const count = (severity: Severity) => findings.filter((f) => f.severity === severity).length;
  const [errors, warnings, notices] = [count("error"), count("warning"), count("notice")];
  return `${plural(errors, "error")}, ${plural(warnings, "warning")}, ${plural(notices, "notice")}`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Same width as before, so that the marks stay under what they mark. */
function visible(text: string): string {
  return text.replaceAll("\t", " ").replace(/\p{C}/gu, "?");
}
