import { describe, expect, test } from "@jest/globals";
import type { Finding, Fix } from "../../../src/streams/findings/finding.ts";
import { applyFixes } from "../../../src/streams/fixes/apply-fixes.ts";
import { fixFiles } from "../../../src/streams/fixes/fix-files.ts";
import type { RepositoryFile } from "../../../src/streams/repository.ts";

type Place = readonly [line: number, column: number, endColumn: number, newText: string];

function finding(...places: readonly Place[]): Finding {
  const edits: Fix["edits"] = places.map(([line, column, endColumn, newText]) => ({
    line,
    column,
    endLine: line,
    endColumn,
    newText,
  }));
  return {
    rule: "schema-value",
    severity: "error",
    file: "streams/a.yaml",
    line: places[0]?.[0] ?? 1,
    column: places[0]?.[1] ?? 1,
    endLine: 1,
    endColumn: 1,
    message: "Wrong.",
    help: "Mend it.",
    helpUrl: "",
    fix: { title: "Mend it", edits },
  };
}

describe("applyFixes", () => {
  test("makes fixes that stand apart, in one go", () => {
    const one = finding([1, 1, 2, "x"]);
    const two = finding([2, 4, 5, '"2"'], [1, 4, 5, '"1"']);
    expect(applyFixes("a: 1\nb: 2\n", [one, two])).toEqual({
      text: 'x: "1"\nb: "2"\n',
      fixed: [one, two],
    });
  });

  test("makes a fix whole or not at all: one that meets another is left", () => {
    const one = finding([1, 4, 5, "2"]);
    const two = finding([2, 4, 5, "3"], [1, 4, 5, "3"]);
    expect(applyFixes("a: 1\nb: 2\n", [one, two])).toEqual({ text: "a: 2\nb: 2\n", fixed: [one] });
  });

  test("leaves what would make the text no YAML any more", () => {
    const one = finding([1, 1, 2, "c"]);
    const two = finding([2, 1, 2, "c"]);
    expect(applyFixes("a: 1\nb: 2\n", [one, two])).toEqual({ text: "c: 1\nb: 2\n", fixed: [one] });
  });
});

describe("fixFiles", () => {
  const file = (text: string): RepositoryFile => {
    const content = new TextEncoder().encode(text);
    return { path: "streams/a.yaml", mode: "executable", size: content.length, content };
  };
  const text = (files: readonly RepositoryFile[]): string => {
    const [first] = files;
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(first?.content);
  };

  test("looks again after each round, and keeps mode, line ends and byte order mark", async () => {
    const { files, changed, fixed, findings } = await fixFiles([file("\ufeffa: 1\r\n")], (now) => {
      if (text(now).includes("a: 1")) return Promise.resolve([finding([1, 4, 5, "2"])]);
      if (text(now).includes("a: 2")) return Promise.resolve([finding([1, 4, 5, "3"])]);
      return Promise.resolve([]);
    });
    expect(text(files)).toBe("\ufeffa: 3\r\n");
    expect(changed).toMatchObject([{ path: "streams/a.yaml", mode: "executable", size: 9 }]);
    expect(fixed).toHaveLength(2);
    expect(findings).toEqual([]);
  });

  test("ends where fixes call for each other", async () => {
    const { fixed, findings } = await fixFiles([file("a: 1\n")], (now) =>
      Promise.resolve([finding([1, 4, 5, text(now).includes("1") ? "2" : "1"])]),
    );
    expect(fixed).toHaveLength(5);
    expect(findings).toHaveLength(1);
  });

  test("leaves files that nobody reads", async () => {
    const link: RepositoryFile = { path: "streams/a.yaml", mode: "symlink", size: 4 };
    const { changed } = await fixFiles([link], () => Promise.resolve([finding([1, 1, 1, "x"])]));
    expect(changed).toEqual([]);
  });
});
