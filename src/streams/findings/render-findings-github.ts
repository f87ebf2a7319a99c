import type { Finding } from "./finding.ts";

/**
 * Workflow commands that GitHub Actions turns into annotations, one a line.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function renderFindingsGithub(findings: readonly Finding[]): string {
  return findings.map(command).join("\n");
}

function command(finding: Finding): string {
  const { severity, file, line, column, endLine, endColumn, rule, message, help } = finding;
  const properties = {
    file,
    line,
    endLine,
    // GitHub takes columns only where a finding stands in one line.
    ...(line === endLine ? { col: column, endColumn } : {}),
    title: rule,
  };
  const list = Object.entries(properties).map(([name, value]) => `${name}=${property(value)}`);
  return `::${severity} ${list.join(",")}::${escaped(`${message} ${help}`)}`;
}

function escaped(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(value: string | number): string {
  return escaped(String(value)).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
