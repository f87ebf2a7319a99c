import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parseYaml } from "../../src/yaml/parse-yaml.ts";

describe("parseYaml", () => {
  const text = [
    "# a comment",
    "kind: Stream",
    "spec:",
    "  build:",
    "    params:",
    '      branch: "release-4.19"',
    "  list: [one, two]",
    "  block: |",
    "    some",
    "    text",
    "",
    "  empty:",
    "",
  ].join("\n");
  const document = parseYaml("a.yaml", text).documents[0]!;

  test.each([
    [["kind"], "value", [2, 7, 2, 13]],
    [["kind"], "key", [2, 1, 2, 5]],
    [["spec", "build", "params", "branch"], "value", [6, 15, 6, 29]],
    [["spec", "build", "params", "branch"], "key", [6, 7, 6, 13]],
    [["spec", "build", "params"], "value", [6, 7, 6, 29]],
    [["spec", "list", 1], "value", [7, 15, 7, 18]],
    [["spec", "list", 1], "key", [7, 15, 7, 18]],
    [["spec", "block"], "value", [8, 10, 10, 9]],
    [["spec", "empty"], "value", [12, 3, 12, 8]],
    [["spec", "build", "absent", "deeper"], "key", [4, 3, 4, 8]],
    [[], "key", [2, 1, 2, 5]],
  ] as const)("knows where %j (%s) stands", (path, part, [line, column, endLine, endColumn]) => {
    expect(document.rangeOf(path, part)).toEqual({ line, column, endLine, endColumn });
  });

  test.each([
    ["a tab as indentation", "a:\n\tb: 1\n", 2, 1],
    ["an open bracket", "a: [1, 2\nb: 1\n", 1, 4],
    ["an open quote", 'a: "1, 2\nb: 1\n', 1, 4],
    ["a colon in a text", "a: b: c\n", 1, 4],
    ["a star", "a: x\nb: */5 * * * *\n", 2, 4],
    ["a line out of line", "a:\n  b: 1\n c: 2\n", 3, 2],
    ["a conflict of a merge", "a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> x\n", 2, 1],
    ["an unknown tag", "a: !!python/object x\n", 1, 4],
    ["a duplicate key", "a: 1\nb: 2\na: 3\n", 3, 1],
    ["a nested duplicate key", "a:\n  - x: 1\n    x: 2\n", 3, 5],
    ["an undefined alias", "a: *nothing\n", 1, 4],
    ["nothing", "", 1, 1],
    ["only a comment", "# nothing\n", 1, 1],
  ])("finds %s at its place", (_name, broken, line, column) => {
    const { documents, problems } = parseYaml("a.yaml", broken);
    expect(documents).toEqual([]);
    expect(problems[0]?.range).toMatchObject({ line, column });
    expect(problems[0]?.help).not.toBe("");
  });

  test.each([
    ["a: &a {b: *a}\n", 8 + 3, "a mapping"],
    ["a: &a [1, &b [*a], *b]\n", 15, "a list, further down"],
  ])("refuses an alias within its own value: %j", (text, column) => {
    const { documents, problems } = parseYaml("a.yaml", `x: 1 # & *\n${text}`);
    expect(documents).toEqual([]);
    expect(problems).toMatchObject([{ range: { line: 2, column } }]);
    expect(problems[0]?.message).toContain("within the value that it repeats");
  });

  test("follows an alias to the last value of its name, also within another of that name", () => {
    const { documents } = parseYaml("a.yaml", "a: &a {x: &a 1, y: *a}\n");
    expect(documents[0]?.value).toEqual({ a: { x: 1, y: 1 } });
  });

  test("reads tens of thousands of aliases without a walk for each", () => {
    const started = performance.now();
    parseYaml("a.yaml", `a: &a x\nb: &b [${"*a, ".repeat(60_000)}*a]\n`);
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  test("refuses a bomb of aliases at the first alias", () => {
    const bomb = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
      .concat(
        Array.from("bcdefghi", (k, i) => `${k}: &${k} [${`*${"abcdefgh"[i]!}, `.repeat(10)}]`),
      )
      .join("\n");
    const { documents, problems } = parseYaml("a.yaml", bomb);
    expect(documents).toEqual([]);
    expect(problems[0]?.range).toMatchObject({ line: 2, column: 8 });
  });

  test.each(["- ", "? ", "[", "{a: ", "a:\n - ", "*a ", "&a ", "!", "]", "---\n", '"\n'])(
    "neither crashes nor hangs on %j repeated to the largest size that is read",
    (part) => {
      const started = performance.now();
      const { problems } = parseYaml("a.yaml", part.repeat(Math.floor(262_144 / part.length)));
      expect(problems.length).toBeLessThanOrEqual(10);
      expect(performance.now() - started).toBeLessThan(20_000);
    },
    30_000,
  );

  test("says where the nesting becomes too deep", () => {
    const { problems } = parseYaml("a.yaml", `a: ${"[".repeat(200)}${"]".repeat(200)}\n`);
    expect(problems[0]?.message).toContain("nested deeper than 64");
    expect(problems[0]?.range).toMatchObject({ line: 1, column: 67 });
  });

  test("reads several documents and leaves empty ones out", () => {
    const { documents, problems } = parseYaml("a.yaml", "---\n---\na: 1\n---\nb: 2\n");
    expect(problems).toEqual([]);
    expect(documents.map(({ value }) => value)).toEqual([{ a: 1 }, { b: 2 }]);
    expect(documents[1]!.rangeOf(["b"])).toMatchObject({ line: 5, column: 4 });
  });

  test("follows an alias to the value that it repeats", () => {
    const { documents } = parseYaml("a.yaml", "a: &x {b: 1}\nc: *x\n");
    expect(documents[0]!.rangeOf(["c"])).toMatchObject({ line: 2, column: 4 });
    expect(documents[0]!.rangeOf(["c", "b"])).toMatchObject({ line: 1, column: 11 });
  });

  test("never throws, and every range lies in the text", () => {
    const pieces = fc.constantFrom("a", ":", " ", "\n", "-", "[", "]", "{", "}", "&a", "*a", '"');
    const texts = fc.oneof(
      fc.string(),
      fc.array(pieces).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(texts, (random) => {
        const lines = random.split(/\r\n|\r|\n/).length;
        for (const { range } of parseYaml("a.yaml", random).problems) {
          expect(range.line).toBeGreaterThanOrEqual(1);
          expect(range.endLine).toBeLessThanOrEqual(lines);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("parseYaml, as kubectl reads it", () => {
  const read = (text: string): unknown =>
    parseYaml("a.yaml", text, "kubernetes").documents[0]?.value;

  // What kubectl made of each, as the API server showed it.
  test.each([
    ["yes", true],
    ["Off", false],
    ["y", true],
    ["N", false],
    ["TRUE", true],
    ["yEs", "yEs"],
    ["0755", 0o755],
    ["0o17", 15],
    ["0b11", 3],
    ["0x1F", 31],
    ["08", 8],
    ["1_000", 1000],
    ["-010", -8],
    ["+5", 5],
    ["0", 0],
    ["123456789012345678", "123456789012345678"],
    ["100000000000000000000000", 1e23],
    ["1.10", 1.1],
    [".5", 0.5],
    ["12:30:45", "12:30:45"],
    ["2026-01-01", "2026-01-01"],
    ["'yes'", "yes"],
    ['"0755"', "0755"],
  ])("%s", (written, value) => {
    expect(read(`- ${written}`)).toEqual([value]);
  });

  test("<< takes in what an anchor holds", () => {
    expect(read("a: &a {x: 1, y: 2}\nb: {<<: *a, x: 3}")).toEqual({
      a: { x: 1, true: 2 },
      b: { x: 3, true: 2 },
    });
  });

  test("YAML 1.2 leaves them", () => {
    const value = parseYaml("a.yaml", "- yes\n- 0755\n- {<<: x}").documents[0]?.value;
    expect(value).toEqual(["yes", 755, { "<<": "x" }]);
  });
});
