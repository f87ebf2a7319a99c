import type { Finding } from "./finding.ts";

/** Findings as schemas/output/validate.json describes them. */
export function renderFindingsJson(findings: readonly Finding[]): string {
  return JSON.stringify(
    { apiVersion: "streams.okd.io/v1alpha1", kind: "FindingList", findings },
    undefined,
    2,
  );
}
