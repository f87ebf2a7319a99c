import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { findSilences } from "../../../src/streams/silencing/find-silences.ts";

const cases = [
  {
    what: "behind a value its own line",
    text: "a: 1\nb: 2 # okd-streams-ignore param-unknown: the cluster reads it\n",
    found: [["param-unknown", "the cluster reads it", 2]],
  },
  {
    what: "alone on a line the next one",
    text: "a:\n  # okd-streams-ignore param-unknown: why\n  b: 2\n",
    found: [["param-unknown", "why", 3]],
  },
  {
    what: "several, with a remark and an empty line between them",
    text: "# okd-streams-ignore one: why\n# a remark\n\n# okd-streams-ignore two: why not\na: 1\n",
    found: [
      ["one", "why", 5],
      ["two", "why not", 5],
    ],
  },
  {
    what: "one without a reason",
    text: "a: 1 # okd-streams-ignore one\n",
    found: [["one", "", 1]],
  },
  { what: "one without a rule", text: "a: 1 # okd-streams-ignore\n", found: [["", "", 1]] },
  {
    what: "at the end of the file",
    text: "a: 1\n# okd-streams-ignore one: why",
    found: [["one", "why", 2]],
  },
  {
    what: "with the line ends of Windows",
    text: "a: 1\r\n# okd-streams-ignore one: why\r\nb: 2\r\n",
    found: [["one", "why", 3]],
  },
  {
    what: "after a byte order mark and in a second document",
    text: "\u{FEFF}a: 1\n---\nb: 2 # okd-streams-ignore one: why\n",
    found: [["one", "why", 3]],
  },
  {
    what: "nothing inside a block of text",
    text: "a: |\n  # okd-streams-ignore one: why\n  text\nb: 2\n",
    found: [],
  },
  { what: "nothing inside quotes", text: 'a: "# okd-streams-ignore one: why"\n', found: [] },
  { what: "nothing inside a plain value", text: "a: b#okd-streams-ignore one\n", found: [] },
  { what: "no longer word", text: "a: 1 # okd-streams-ignored one: why\n", found: [] },
];

test.each(cases)("reads $what", ({ text, found }) => {
  const silences = findSilences("streams/edge.yaml", text);
  expect(silences.map(({ rule, reason, line }) => [rule, reason, line])).toEqual(found);
});

test("says where the comment stands", () => {
  const [silence] = findSilences("a.yaml", "a:\n  b: 2 # okd-streams-ignore one: why  \n");
  expect(silence?.range).toEqual({ line: 2, column: 8, endLine: 2, endColumn: 37 });
});

test("survives every text", () => {
  const piece = fc.constantFrom(
    "# okd-streams-ignore x: y",
    "\n",
    "a: ",
    "|",
    '"',
    "'",
    " ",
    "- ",
    "{",
    "\t",
    "\r",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join("");
      for (const { range } of findSilences("a.yaml", text)) {
        const line = text.split("\n")[range.line - 1] ?? "";
        expect(line.slice(range.column - 1)).toMatch(/^#+\s*okd-streams-ignore/);
      }
    }),
  );
});
