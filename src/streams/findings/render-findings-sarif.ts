import type { Finding, Severity } from "./finding.ts";
import { findRule } from "../rules/rules.ts";

const levels: Record<Severity, string> = { error: "error", warning: "warning", notice: "note" };

/** Findings as a SARIF 2.1.0 log, which code scanning reads. https://docs.oasis-open.org/sarif/sarif/v2.1.0/ */
export function renderFindingsSarif(findings: readonly Finding[]): string {
  const ids = [...new Set(findings.map(({ rule }) => rule))].sort();
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "okd-streams", rules: ids.map(describeRule) } },
        columnKind: "utf16CodeUnits",
        results: findings.map(result),
      },
    ],
  };
  return JSON.stringify(log, undefined, 2);
}

function describeRule(id: string) {
  const rule = findRule(id);
  if (rule === undefined) return { id };
  return {
    id,
    shortDescription: { text: rule.what },
    fullDescription: { text: rule.why },
    help: { text: rule.mend },
  };
}

function result({
  rule,
  severity,
  file,
  line,
  column,
  endLine,
  endColumn,
  message,
  help,
}: Finding) {
  return {
    ruleId: rule,
    level: levels[severity],
    message: { text: `${message} ${help}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(file) },
          region: { startLine: line, startColumn: column, endLine, endColumn },
        },
      },
    ],
  };
}
