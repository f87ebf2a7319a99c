import { describe, expect, test } from "@jest/globals";
import { isFixable } from "../../../src/bot/reviews/fix-button.ts";
import { renderFixCommit } from "../../../src/bot/reviews/render-fix-commit.ts";
import {
  suggestionComment,
  suggestionsHeadline,
} from "../../../src/bot/reviews/render-suggestions.ts";
import { suggestionsFor } from "../../../src/bot/reviews/suggestions.ts";
import type { Finding } from "../../../src/streams/findings/finding.ts";
import type { TextEdit } from "../../../src/yaml/text-edit.ts";

const path = "streams/a.yaml";

function finding(change: Partial<Finding>, ...edits: readonly TextEdit[]): Finding {
  return {
    rule: "schema-value",
    severity: "error",
    file: path,
    line: edits[0]?.line ?? 1,
    column: 1,
    endLine: 1,
    endColumn: 1,
    message: "Wrong.",
    help: "Mend it.",
    helpUrl: "https://example.org/rules/schema-value",
    fix: { title: "Mend it", edits },
    ...change,
  };
}

const edit = (line: number, column: number, endColumn: number, newText: string): TextEdit => ({
  line,
  column,
  endLine: line,
  endColumn,
  newText,
});
const all = new Map([[path, [{ first: 1, last: 100 }]]]);
const text = "a: 1\nb: [1, 2]\nc: 3\nd: 4\n";
const suggest = (findings: readonly Finding[], shown = all, of: string | undefined = text) =>
  suggestionsFor(findings, () => of, shown);

describe("suggestionsFor", () => {
  test("puts the fixes of one line into one suggestion, and others apart, the most severe first", () => {
    const warning = finding({ severity: "warning" }, edit(1, 4, 5, '"1"'));
    const one = finding({}, edit(2, 5, 6, "x"));
    const two = finding({}, edit(2, 8, 9, "y"));
    expect(suggest([warning, two, one])).toEqual([
      { path, first: 2, last: 2, newLines: ["b: [x, y]"], findings: [two, one] },
      { path, first: 1, last: 1, newLines: ['a: "1"'], findings: [warning] },
    ]);
  });

  test("counts lines that a fix adds or removes", () => {
    expect(suggest([finding({}, edit(3, 1, 2, "e:\n  c"))])[0]).toMatchObject({
      first: 3,
      last: 3,
      newLines: ["e:", "  c: 3"],
    });
    const removed = finding({}, { ...edit(2, 10, 10, ""), endLine: 3, endColumn: 5 });
    expect(suggest([removed])[0]).toMatchObject({ first: 2, last: 3, newLines: ["b: [1, 2]"] });
  });

  test("leaves what the pull request does not show, in one piece", () => {
    const found = finding({}, edit(2, 5, 6, "x"), edit(4, 4, 5, "y"));
    const hunks = (...spans: readonly (readonly [number, number])[]) =>
      new Map([[path, spans.map(([first, last]) => ({ first, last }))]]);
    expect(suggest([found], hunks([1, 4]))).toHaveLength(1);
    expect(suggest([found], hunks([1, 3]))).toEqual([]);
    expect(suggest([found], hunks([1, 2], [4, 9]))).toEqual([]);
    expect(suggest([found], new Map())).toEqual([]);
  });

  test("leaves files whose text is not the head's, and lines that end as on Windows", () => {
    const found = finding({}, edit(1, 4, 5, "x"));
    expect(suggestionsFor([found], () => undefined, all)).toEqual([]);
    expect(suggest([found], all, "a: 1\r\nb: 2\n")).toEqual([]);
  });

  test("leaves what is too long to read at a glance", () => {
    const long = Array.from({ length: 60 }, (_, index) => `k${index}: 1`).join("\n");
    expect(suggest([finding({}, edit(1, 1, 2, "x"), edit(50, 1, 2, "x"))], all, long)).toEqual([]);
  });
});

describe("a suggestion in Markdown", () => {
  const hostile = "</details><img src=x> @everyone #1 ```suggestion\nrm -rf\n``` [x](http://evil)";
  const body = (newLines: readonly string[], change: Partial<Finding> = {}) =>
    suggestionComment({ path, first: 1, last: 2, newLines, findings: [finding(change)] }).body;

  test("holds the lines exactly, in a fence that they cannot end", () => {
    const lines = ["a: |", "  ```", "  ````suggestion @everyone", ""];
    expect(body(lines)).toContain(`\n\n\`\`\`\`\`suggestion\n${lines.join("\n")}\n\`\`\`\`\``);
  });

  test("makes nothing of what others wrote around it", () => {
    const said = body(["a: 1"], {
      message: hostile,
      fix: { title: hostile, edits: [] },
    });
    const [above = ""] = said.split("```suggestion\na: 1");
    expect(above).not.toMatch(/^```/m);
    expect(above).not.toContain("<img");
    expect(above).not.toMatch(/@everyone/);
    expect(above).not.toMatch(/[^\\]\]\(http:\/\/evil/);
    expect(above.trimEnd().split("\n")).toHaveLength(1);
  });

  test("names the lines as GitHub wants them", () => {
    expect(
      suggestionComment({ path, first: 1, last: 2, newLines: [], findings: [] }),
    ).toMatchObject({ path, firstLine: 1, lastLine: 2 });
  });

  test.each([
    [1, "One change needs no thought"],
    [2, "2 changes need no thought"],
    [31, "Here are the first 30"],
  ])("is one of %i: %s", (count, said) => {
    expect(suggestionsHeadline(count)).toContain(said);
  });
});

describe("the message of a commit of fixes", () => {
  test("names what was mended and for whom, and nobody else", () => {
    const one = finding({ fix: { title: "Write @evil\n\nCo-authored-by: x <x@y>", edits: [] } });
    const message = renderFixCommit([one], { login: "ada", id: 7 }, "https://github.com");
    expect(message.split("\n")).toEqual([
      "Fix 1 finding",
      "",
      "- streams/a.yaml:1: Write @\u200bevil Co-authored-by: x <x@\u200by> (schema-value)",
      "",
      "Co-authored-by: ada <7+ada@users.noreply.github.com>",
      "",
    ]);
  });

  test("stays short", () => {
    const many = Array.from({ length: 500 }, () => finding({}));
    const message = renderFixCommit(many, { login: "ada", id: 7 }, "https://ghe.example.org");
    expect(message).toContain("Fix 500 findings");
    expect(message).toContain("… and 450 more");
    expect(message).toContain("<7+ada@users.noreply.ghe.example.org>");
  });
});

test("the default branch is never committed to", async () => {
  const pull = { headSha: "a".repeat(40), ownBranch: "main" };
  const nothing = {} as never;
  expect(await isFixable(nothing, { defaultBranch: "main" } as never, pull)).toBe(false);
  expect(
    await isFixable(nothing, { defaultBranch: "main" } as never, { ...pull, ownBranch: undefined }),
  ).toBe(false);
});
