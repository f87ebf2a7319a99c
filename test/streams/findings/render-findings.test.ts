import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "@jest/globals";
import pc from "picocolors";
import type { Finding } from "../../../src/streams/findings/finding.ts";
import { newFindings } from "../../../src/streams/findings/new-findings.ts";
import { renderFindingsGithub } from "../../../src/streams/findings/render-findings-github.ts";
import { renderFindingsJson } from "../../../src/streams/findings/render-findings-json.ts";
import { renderFindingsSarif } from "../../../src/streams/findings/render-findings-sarif.ts";
import { renderFindingsText } from "../../../src/streams/findings/render-findings-text.ts";

const finding: Finding = {
  rule: "param-unknown",
  severity: "error",
  file: "streams/edge.yaml",
  line: 2,
  column: 3,
  endLine: 2,
  endColumn: 9,
  message: 'no "brunch", 100%',
  help: "Did you\nmean it?",
  helpUrl: "https://example.org/rules/param-unknown",
};

describe("findings", () => {
  test("as text, with the line that they are about", () => {
    const text = renderFindingsText(
      [finding],
      () => "a:\n  brunch: \u001b[31m",
      pc.createColors(false),
    );
    expect(text.split("\n")).toEqual([
      'streams/edge.yaml:2:3  error  no "brunch", 100%  param-unknown',
      "  2 |   brunch: ?[31m",
      "    |   ^^^^^^",
      "  help: Did you",
      "mean it?",
      "",
      "1 error, 0 warnings, 0 notices",
    ]);
  });

  test("as workflow commands that nobody's text can break out of", () => {
    expect(renderFindingsGithub([{ ...finding, file: "a,b::c.yaml" }])).toBe(
      '::error file=a%2Cb%3A%3Ac.yaml,line=2,endLine=2,col=3,endColumn=9,title=param-unknown::no "brunch", 100%25 Did you%0Amean it?',
    );
  });

  test("as JSON by its schema", () => {
    const text = readFileSync(
      new URL("../../../schemas/output/validate.json", import.meta.url),
      "utf8",
    );
    const validate = new Ajv2020({ strictTypes: false }).compile(JSON.parse(text) as object);
    validate(JSON.parse(renderFindingsJson([finding])));
    expect(validate.errors).toBeNull();
  });

  test("as SARIF", () => {
    expect(JSON.parse(renderFindingsSarif([finding, finding]))).toMatchObject({
      version: "2.1.0",
      runs: [
        {
          tool: { driver: { rules: [{ id: "param-unknown" }] } },
          results: [
            {
              ruleId: "param-unknown",
              level: "error",
              locations: [{ physicalLocation: { region: { startLine: 2, startColumn: 3 } } }],
            },
            {},
          ],
        },
      ],
    });
  });

  test("are new where the base does not have them, wherever they moved", () => {
    const moved = { ...finding, line: 9, endLine: 9 };
    const other = { ...finding, message: "other" };
    expect(newFindings([finding], [moved, other])).toEqual([other]);
    expect(newFindings([finding], [finding, moved])).toEqual([moved]);
  });
});
