import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  countFindings,
  findingAnnotation,
  findingAnnotations,
  renderFindings,
} from "../../src/bot/reviews/render-findings.ts";
import { passes, renderReviewComment } from "../../src/bot/reviews/render-review.ts";
import { renderRunCheck, renderRunsComment } from "../../src/bot/runs/render-run.ts";
import type { RunReport, RunState } from "../../src/bot/runs/run-report.ts";
import type { Finding } from "../../src/streams/findings/finding.ts";

const report = (change: Partial<RunReport> = {}): RunReport => ({
  id: "a".repeat(64),
  kind: "build",
  subject: "edge",
  state: "running",
  reason: "",
  message: "",
  name: "edge-aaaaaaaaaa",
  cluster: "laptop",
  commit: "c".repeat(40),
  attempt: 1,
  requestedBy: undefined,
  startedAt: undefined,
  finishedAt: undefined,
  results: {},
  tasks: [],
  logTail: undefined,
  release: undefined,
  releasePhase: undefined,
  url: "https://bot/runs/a",
  ...change,
});

describe("the check of a run", () => {
  test.each<[RunState, string, string | undefined]>([
    ["requested", "queued", undefined],
    ["submitted", "queued", undefined],
    ["queued", "queued", undefined],
    ["running", "in_progress", undefined],
    ["succeeded", "completed", "success"],
    ["failed", "completed", "failure"],
    ["cancelled", "completed", "cancelled"],
    ["timed-out", "completed", "timed_out"],
    ["lost", "completed", "failure"],
    ["parked", "completed", "action_required"],
  ])("that is %s is %s, %s", (state, status, conclusion) => {
    const check = renderRunCheck(report({ state }));
    expect([check.status, check.conclusion]).toEqual([status, conclusion]);
  });
});

describe("the comment about runs", () => {
  test.each<[string, RunState[], string]>([
    ["all succeeded", ["succeeded", "succeeded"], "All 2 builds succeeded"],
    ["one broke, though others run", ["failed", "running"], "1 without success"],
    ["one runs", ["succeeded", "queued"], "1 under way"],
  ])("says at its head that %s", (_what, states, words) => {
    expect(renderRunsComment(states.map((state) => report({ state }))).split("\n")[0]).toContain(
      words,
    );
  });

  test("keeps what a cluster wrote from mentioning, linking and breaking out", () => {
    const hostile = "@okd-project/all fixes #1 <img src=x>";
    const text = renderRunsComment([
      report({
        state: "failed",
        message: hostile,
        logTail: `${hostile}\n\`\`\`\n# heading`,
      }),
    ]);
    const [outside = "", inside = ""] = text.split("<details");
    expect(outside).not.toMatch(/@okd|#1|<img/);
    expect(inside).toContain("````\n@okd-project/all");
  });

  test("keeps every result in its row of the table", () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const text = renderRunsComment([
          report({ state: "succeeded", results: { digest: value } }),
        ]);
        const rows = text.split("\n").filter((line) => line.startsWith("| `digest`"));
        expect(rows).toHaveLength(1);
        expect(rows[0]).toMatch(/^\| `digest` \| `([^`|]|\\\|)*` \|$/);
      }),
    );
  });

  test("says why a succeeded build made no release", () => {
    const text = renderRunsComment([report({ state: "succeeded", message: "no digest" })]);
    expect(text).toContain("no digest");
  });
});

const finding = (change: Partial<Finding> = {}): Finding => ({
  rule: "schema-value",
  severity: "error",
  file: "streams/edge.yaml",
  line: 3,
  column: 5,
  endLine: 3,
  endColumn: 9,
  message: "wrong",
  help: "right it",
  helpUrl: "https://example.org/rules/schema-value",
  ...change,
});

describe("findings", () => {
  test("of one line carry columns, as GitHub takes them: the last one included", () => {
    expect(findingAnnotation(finding())).toMatchObject({ start_column: 5, end_column: 8 });
    expect(findingAnnotation(finding({ endColumn: 5 }))).toMatchObject({ end_column: 5 });
  });

  test("of several lines carry none", () => {
    const annotation = findingAnnotation(finding({ endLine: 7 }));
    expect(annotation).toMatchObject({ start_line: 3, end_line: 7 });
    expect(annotation).not.toHaveProperty("start_column");
  });

  test.each([
    [[], "no findings"],
    [["error"], "1 error"],
    [["error", "error", "notice"], "2 errors and 1 notice"],
    [["warning", "error", "notice"], "1 error, 1 warning and 1 notice"],
  ] as const)("%j are counted as %s", (severities, words) => {
    expect(countFindings(severities.map((severity) => finding({ severity })))).toBe(words);
  });

  test("pass without errors and conflicts only", () => {
    expect(passes({ findings: [finding({ severity: "warning" })], conflicts: [] })).toBe(true);
    expect(passes({ findings: [finding()], conflicts: [] })).toBe(false);
    expect(passes({ findings: [], conflicts: ["a"] })).toBe(false);
  });

  const limits = { bytes: 60_000, findings: 50 };

  test("are grouped by stream, channel and file, the worst first, with their rules' pages", () => {
    const users = ["a", "b", "c", "d", "e", "f"];
    const text = renderFindings(
      [
        finding({ file: "streams/channels/next/channel.yaml", severity: "notice" }),
        finding({ severity: "warning" }),
        finding({ line: 9 }),
        finding({ file: "tekton/tasks/x.yaml", severity: "warning" }),
      ],
      { fileUrl: () => "https://x", streamsByFile: new Map([["tekton/tasks/x.yaml", users]]) },
      limits,
    );
    expect(text.match(/^\*\*.*$/gm)).toEqual([
      "**Stream `edge`**: 1 error and 1 warning in `streams/edge.yaml`",
      "**`tekton/tasks/x.yaml`**: 1 warning, used by `a`, `b`, `c`, `d`, `e` and 1 more",
      "**Channel `next`**: 1 notice in `streams/channels/next/channel.yaml`",
    ]);
    expect(text).toContain("([`schema-value`](https://example.org/rules/schema-value))");
    expect(text.indexOf("[9:5]")).toBeLessThan(text.indexOf("[3:5]"));
  });

  test("lose whole ones at the end where they are too long", () => {
    const many = Array.from({ length: 2000 }, (_, index) => finding({ line: index + 1 }));
    const context = { fileUrl: () => "https://x", streamsByFile: new Map<string, string[]>() };
    const text = renderFindings(many, context, { bytes: 64_000, findings: Infinity });
    const shown = text.match(/^- /gm)?.length ?? 0;
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(64_000);
    expect(text).toContain(`… and ${2000 - shown} more of the 2000`);
    expect(text.match(/^ {2}→ right it$/gm)).toHaveLength(shown);
  });

  test("are listed by file, with names that break nothing", () => {
    const text = renderFindings(
      [
        finding({ file: "streams/`a`\n# b.yaml", message: "@ada <b>" }),
        finding(),
        finding({ line: 9 }),
      ],
      { fileUrl: ({ line }) => `https://x#L${line}`, streamsByFile: new Map() },
      limits,
    );
    expect(text).not.toMatch(/^# b/m);
    expect(text).not.toMatch(/@ada|<b>/);
    expect(text.match(/in `streams\/edge.yaml`/g)).toHaveLength(1);
    expect(text).toContain("[9:5](https://x#L9)");
  });
});

test("of a thousand findings the most severe are listed, and the others are counted", () => {
  const many = Array.from({ length: 1000 }, (_, index) =>
    finding({ line: index + 1, severity: index < 990 ? "notice" : "error" }),
  );
  expect(findingAnnotations([...many, ...many])).toHaveLength(1000);
  expect(findingAnnotations(many)[0]).toMatchObject({ annotation_level: "failure" });
  const context = { fileUrl: () => "https://x", streamsByFile: new Map<string, string[]>() };
  const text = renderFindings(many, context, { bytes: 60_000, findings: 50 });
  for (let line = 991; line <= 1000; line += 1) expect(text).toContain(`[${line}:5]`);
  expect(text).toContain("950 more of the 1000");
});

test("a finding with a long value stays short, and in its line", () => {
  const text = renderFindings(
    [finding({ message: `a\n\n# b${"x".repeat(9000)}` })],
    { fileUrl: () => "", streamsByFile: new Map() },
    { bytes: 60_000, findings: 50 },
  );
  expect(text.length).toBeLessThan(1500);
  expect(text).not.toMatch(/^# b/m);
});

test("the comment of a conflict claims nothing of what was not checked", () => {
  const text = renderReviewComment({
    headSha: "d".repeat(40),
    findings: [],
    older: 0,
    silenced: 0,
    conflicts: ["streams/edge.yaml"],
    streams: [],
    plan: undefined,
    fileUrl: () => "",
    streamsByFile: new Map(),
  });
  expect(text).toContain("conflicts with its base branch");
  expect(text).not.toMatch(/Valid|would build/);
});
