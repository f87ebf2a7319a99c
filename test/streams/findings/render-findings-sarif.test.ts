import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import * as draft4 from "ajv-draft-04";
import * as formats from "ajv-formats";
import * as z from "zod";
import type { Finding } from "../../../src/streams/findings/finding.ts";
import { renderFindingsSarif } from "../../../src/streams/findings/render-findings-sarif.ts";
import { ruleUrl } from "../../../src/streams/rules/rule-url.ts";
import { repositoryOf, withChange } from "../repository-of.ts";

const schema = z
  .record(z.string(), z.unknown())
  .parse(
    JSON.parse(
      readFileSync(new URL("../../fixtures/sarif/sarif-2.1.0-rtm.5.json", import.meta.url), "utf8"),
    ),
  );
// The schema has a pattern that is none by the rules of Unicode.
const ajv = new draft4.default.default({ strict: false, allErrors: true, unicodeRegExp: false });
formats.default.default(ajv);
const validate = ajv.compile(schema);

function logOf(findings: readonly Finding[]): unknown {
  return JSON.parse(renderFindingsSarif(findings));
}

/** What validation gives: a fix, a rule of another severity, and a file of any name. */
const { findings } = repositoryOf({
  ...withChange("streams/edge.yaml", "title:", "ttile:"),
  "streams/a b%.yaml": "a: 1\n",
});

test("findings are a log that the schema of SARIF 2.1.0 allows", () => {
  expect(findings.length).toBeGreaterThan(1);
  for (const log of [logOf([]), logOf(findings)]) {
    expect(validate(log) ? [] : validate.errors).toEqual([]);
  }
});

test("a rule is described once, with its page and its severity, and its results refer to it", () => {
  const [first] = findings;
  const log = logOf([...findings, first!]);
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
  expect(log).toMatchObject({
    runs: [
      {
        tool: { driver: { rules: rules.map((id) => ({ id, helpUri: ruleUrl(id) })) } },
        automationDetails: { id: "okd-streams/validate/" },
        columnKind: "utf16CodeUnits",
        results: [...findings, first!].map(({ rule }) => ({ ruleIndex: rules.indexOf(rule) })),
      },
    ],
  });
});

test("a fix is a replacement in the finding's file", () => {
  const fixed = findings.find(({ fix }) => fix !== undefined);
  expect(logOf([fixed!])).toMatchObject({
    runs: [
      {
        results: [
          {
            fixes: [
              {
                description: { text: 'Rename it to "title"' },
                artifactChanges: [
                  {
                    artifactLocation: { uri: "streams/edge.yaml" },
                    replacements: [
                      {
                        deletedRegion: {
                          startLine: fixed!.line,
                          startColumn: fixed!.column,
                          endLine: fixed!.endLine,
                          endColumn: fixed!.endColumn,
                        },
                        insertedContent: { text: "title" },
                      },
                    ],
                  },
                ],
              },
            ],
          },
        ],
      },
    ],
  });
});
