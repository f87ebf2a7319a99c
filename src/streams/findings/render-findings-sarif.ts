import type { Range } from "../../yaml/types.ts";
import { findRule } from "../rules/rules.ts";
import type { Finding, Fix, Severity } from "./finding.ts";

const levels: Record<Severity | "off", string> = {
  error: "error",
  warning: "warning",
  notice: "note",
  off: "none",
};

/** Findings as a SARIF 2.1.0 log, which code scanning reads. https://docs.oasis-open.org/sarif/sarif/v2.1.0/ */
export function renderFindingsSarif(findings: readonly Finding[]): string {
  const urls = new Map(findings.map(({ rule, helpUrl }) => [rule, helpUrl]));
  const ids = [...urls.keys()].sort();
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "okd-streams",
            informationUri: "https://github.com/okd-project/okd-streams",
            rules: ids.map((id) => describeRule(id, urls.get(id))),
          },
        },
        // A later log of this id takes the place of an earlier one; its last segment would name the single run.
        automationDetails: { id: "okd-streams/validate/" },
        columnKind: "utf16CodeUnits",
        results: findings.map((finding) => result(finding, ids.indexOf(finding.rule))),
      },
    ],
  };
  return JSON.stringify(log, undefined, 2);
}

function describeRule(id: string, helpUri: string | undefined) {
  const rule = findRule(id);
  if (rule === undefined) return { id, helpUri };
  return {
    id,
    shortDescription: { text: rule.what },
    fullDescription: { text: rule.why },
    help: { text: rule.mend },
    helpUri,
    defaultConfiguration: { level: levels[rule.severity] },
  };
}

function result(finding: Finding, ruleIndex: number) {
  const { rule, severity, file, message, help, fix } = finding;
  const artifactLocation = { uri: encodeURI(file) };
  return {
    ruleId: rule,
    ruleIndex,
    level: levels[severity],
    message: { text: `${message} ${help}` },
    locations: [{ physicalLocation: { artifactLocation, region: regionOf(finding) } }],
    ...(fix !== undefined && { fixes: [fixOf(fix, artifactLocation)] }),
  };
}

function fixOf({ title, edits }: Fix, artifactLocation: { readonly uri: string }) {
  const replacements = edits.map((edit) => ({
    deletedRegion: regionOf(edit),
    insertedContent: { text: edit.newText },
  }));
  return { description: { text: title }, artifactChanges: [{ artifactLocation, replacements }] };
}

function regionOf({ line, column, endLine, endColumn }: Range) {
  return { startLine: line, startColumn: column, endLine, endColumn };
}
