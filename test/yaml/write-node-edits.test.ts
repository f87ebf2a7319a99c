import { describe, expect, test } from "@jest/globals";
import type { NodeEdit } from "../../src/yaml/node-edit.ts";
import { parseYaml } from "../../src/yaml/parse-yaml.ts";
import { applyTextEdits, overlap } from "../../src/yaml/text-edit.ts";

/** The text after the edits; undefined where they can't be made. */
function edited(text: string, ...edits: readonly NodeEdit[]): string | undefined {
  const [document] = parseYaml("a.yaml", text).documents;
  const written = document?.textEdits(edits);
  return written === undefined ? undefined : applyTextEdits(text, written);
}

const rename = (path: NodeEdit["path"], to: string): NodeEdit => ({
  kind: "rename-key",
  path,
  to,
});
const write = (path: NodeEdit["path"], to: string): NodeEdit => ({ kind: "write-text", path, to });
const quote = (path: NodeEdit["path"]): NodeEdit => ({ kind: "quote-value", path });
const nest = (path: NodeEdit["path"], under: string, to: string): NodeEdit => ({
  kind: "nest-pair",
  path,
  under,
  to,
});

describe("a key renamed", () => {
  test.each([
    ["a:\n  parms: 1 # why\n", ["a", "parms"], "a:\n  params: 1 # why\n"],
    ['{"parms":1}', ["parms"], '{"params":1}'],
    ["- 'parms': 1\r\n  b: 2\r\n", [0, "parms"], "- 'params': 1\r\n  b: 2\r\n"],
  ])("%j", (text, path, right) => {
    expect(edited(text, rename(path, "params"))).toBe(right);
  });

  test.each([
    ["parms: 1\nparams: 2\n", ["parms"], "where the other is there already"],
    ["a: 1\n", ["b"], "where it does not stand"],
    ["a: &x {parms: 1}\nb: *x\n", ["a", "parms"], "where others share it"],
    ["a: &x {parms: 1}\nb: *x\n", ["b", "parms"], "through an alias"],
  ])("is left %j", (text, path) => {
    expect(edited(text, rename(path, "params"))).toBeUndefined();
  });
});

describe("a text written", () => {
  test.each([
    ["a: scoss # c\n", "scos", "a: scos # c\n"],
    ["a: 'scoss'\n", "it's", "a: 'it''s'\n"],
    ['a: "scoss"\n', 'a "b"', 'a: "a \\"b\\""\n'],
    ["a: scoss\n", "4.20", 'a: "4.20"\n'],
    ["a: scoss\n", "true", 'a: "true"\n'],
    ["a: scoss\n", "b: c #d", 'a: "b: c #d"\n'],
    ["a: scoss\n", "b\nc", 'a: "b\\nc"\n'],
    ["{a: scoss}\n", "b,c", '{a: "b,c"}\n'],
    ["x: &x y\na: *x\n", "z", "x: &x y\na: z\n"],
  ])("%j with %j", (text, to, right) => {
    expect(edited(text, write(["a"], to))).toBe(right);
  });

  test.each(["a:\n", "a: |\n  b\n", "a: b\n  c\n", "a: [b]\n", "a: !!int 4\n", "a: &x b\nc: *x\n"])(
    "is left in %j",
    (text) => {
      expect(edited(text, write(["a"], "c"))).toBeUndefined();
    },
  );
});

describe("a value quoted", () => {
  test.each([
    "4.20",
    "0o17",
    "1e3",
    "0x1F",
    "yes",
    "True",
    "no",
    "2026-11-20",
    "-0",
    ".inf",
    "null",
  ])("keeps %s as it is written", (source) => {
    expect(edited(`a: ${source} # c\n`, quote(["a"]))).toBe(`a: "${source}" # c\n`);
    expect(edited(`{a: ${source}}`, quote(["a"]))).toBe(`{a: "${source}"}`);
  });

  test.each(["'4'", '"4"', "!!float 4", "&x 4", "", "|\n  4"])("is left in %j", (source) => {
    expect(edited(`a: ${source}\n`, quote(["a"]))).toBeUndefined();
  });
});

describe("a piece replaced", () => {
  const fix: NodeEdit = { kind: "replace-piece", path: ["a"], piece: "$(x)", to: "$(y)" };

  test.each([
    ["a: $(x)-$(x)\n", "a: $(y)-$(y)\n"],
    ["a: |\n  # $(x)\n  echo $(x)\nb: $(x)\n", "a: |\n  # $(y)\n  echo $(y)\nb: $(x)\n"],
    ['a: "$(x)"\n', 'a: "$(y)"\n'],
  ])("%j", (text, right) => {
    expect(edited(text, fix)).toBe(right);
  });

  test("is left where it is written otherwise, or would end the text", () => {
    expect(edited('a: "\\x24(x)"\n', fix)).toBeUndefined();
    expect(edited('a: "$(x)"\n', { ...fix, to: '$(y["z"])' })).toBeUndefined();
  });
});

describe("a key nested", () => {
  test("takes its comments along and keeps every line's form", () => {
    const text = [
      "spec:",
      "  # Who builds",
      "  serviceAccountName: bot # the bot",
      "  podTemplate:",
      "    # Where",
      "    nodeSelector: { a: b }",
      "",
      "    note: |",
      "      first",
      "        second",
      "  timeout: 1h",
      "  params: []",
      "",
    ].join("\n");
    const right = [
      "spec:",
      "  # Who builds",
      "  taskRunTemplate:",
      "    serviceAccountName: bot # the bot",
      "    podTemplate:",
      "      # Where",
      "      nodeSelector: { a: b }",
      "",
      "      note: |",
      "        first",
      "          second",
      "  timeouts:",
      "    pipeline: 1h",
      "  params: []",
      "",
    ].join("\n");
    const edits = [
      nest(["spec", "serviceAccountName"], "taskRunTemplate", "serviceAccountName"),
      nest(["spec", "podTemplate"], "taskRunTemplate", "podTemplate"),
      nest(["spec", "timeout"], "timeouts", "pipeline"),
    ];
    expect(edited(text, ...edits)).toBe(right);
    const [before] = parseYaml("a.yaml", text).documents;
    const [after] = parseYaml("a.yaml", right).documents;
    expect(after?.value).toMatchObject({
      spec: { taskRunTemplate: { podTemplate: (before?.value as never)["spec"]["podTemplate"] } },
    });
  });

  test.each([
    ["- timeout: 1h\n  b: 2\n", "- timeouts:\n    pipeline: 1h\n  b: 2\n"],
    ["- timeout:\n    1h\n", "- timeouts:\n    pipeline:\n      1h\n"],
    ["- timeout: 1h", "- timeouts:\n    pipeline: 1h"],
    ['- timeout: "1\n    h"', '- timeouts:\n    pipeline: "1\n      h"'],
  ])("%j", (text, right) => {
    expect(edited(text, nest([0, "timeout"], "timeouts", "pipeline"))).toBe(right);
  });

  test.each(["- {timeout: 1h}\n", "- timeout: 1h\n  timeouts: {}\n"])("is left in %j", (text) => {
    expect(edited(text, nest([0, "timeout"], "timeouts", "pipeline"))).toBeUndefined();
  });

  test("is left where another key stands between those that belong together", () => {
    const text = "- a: 1\n  b: 2\n  c: 3\n";
    expect(edited(text, nest([0, "a"], "x", "a"), nest([0, "c"], "x", "c"))).toBeUndefined();
  });
});

describe("overlap", () => {
  const at = (column: number, endColumn: number) => ({
    line: 1,
    column,
    endLine: 1,
    endColumn,
    newText: "x",
  });

  test.each([
    [1, 3, 3, 5, false],
    [1, 4, 3, 5, true],
    [1, 9, 3, 5, true],
    [3, 3, 3, 3, true],
    [3, 3, 3, 5, true],
    [1, 3, 3, 3, false],
  ])("%i to %i and %i to %i: %s", (a, b, c, d, right) => {
    expect(overlap(at(a, b), at(c, d))).toBe(right);
    expect(overlap(at(c, d), at(a, b))).toBe(right);
  });
});
