import type { Finding, Severity } from "./finding.ts";
import type { Mistake } from "../checks/mistake.ts";
import type { Rule } from "../rules/rule.ts";
import { ruleUrl } from "../rules/rule-url.ts";
import { rules } from "../rules/rules.ts";
import type { RuleSeverity, StreamsSettings } from "../types.ts";

/** The findings that mistakes give under some settings, each once, sorted by file, line and column. */
export function toFindings(mistakes: Iterable<Mistake>, settings: StreamsSettings): Finding[] {
  const findings = new Map<string, Finding>();
  for (const mistake of mistakes) {
    const severity = severityOf(rules[mistake.rule], settings.rules?.[mistake.rule]);
    if (severity === "off") continue;
    const finding = { ...mistake, severity, helpUrl: ruleUrl(mistake.rule) };
    findings.set(JSON.stringify(finding), finding);
  }
  return [...findings.values()].sort(
    (a, b) =>
      compareText(a.file, b.file) ||
      a.line - b.line ||
      a.column - b.column ||
      compareText(a.rule, b.rule) ||
      compareText(a.message, b.message),
  );
}

function severityOf(rule: Rule, set: RuleSeverity | undefined): Severity | "off" {
  if (set === undefined || rule.fixed) return rule.severity;
  return set === "warn" ? "warning" : set;
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
