import type { Finding, Severity } from "./finding.ts";
import type { Mistake } from "../checks/mistake.ts";
import type { Rule } from "../rules/rule.ts";
import { ruleUrl } from "../rules/rule-url.ts";
import { rules } from "../rules/rules.ts";
import type { RuleSeverity, StreamsSettings } from "../types.ts";

/** Most mistakes are those of the revision before; their findings stay the same objects. */
const known = new WeakMap<Mistake, Finding>();

/** The findings that mistakes give under some settings, each once, sorted by file, line and column. */
export function toFindings(
  mistakes: Iterable<Mistake>,
  settings: Pick<StreamsSettings, "rules">,
): Finding[] {
  const findings: Finding[] = [];
  for (const mistake of mistakes) {
    const severity = severityOf(rules[mistake.rule], settings.rules?.[mistake.rule]);
    if (severity !== "off") findings.push(toFinding(mistake, severity));
  }
  const sorted = findings.sort(compareFindings);
  return sorted.filter((finding, index) => !isSame(finding, sorted[index - 1]));
}

function toFinding(mistake: Mistake, severity: Severity): Finding {
  const before = known.get(mistake);
  if (before?.severity === severity) return before;
  const finding = { ...mistake, severity, helpUrl: ruleUrl(mistake.rule) };
  known.set(mistake, finding);
  return finding;
}

/** The order of findings: by file, line, column, and what they say. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    compareText(a.file, b.file) ||
    a.line - b.line ||
    a.column - b.column ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message) ||
    compareText(a.help, b.help) ||
    a.endLine - b.endLine ||
    a.endColumn - b.endColumn
  );
}

function isSame(finding: Finding, before: Finding | undefined): boolean {
  return before !== undefined && compareFindings(finding, before) === 0;
}

function severityOf(rule: Rule, set: RuleSeverity | undefined): Severity | "off" {
  if (set === undefined || rule.fixed) return rule.severity;
  return set === "warn" ? "warning" : set;
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
