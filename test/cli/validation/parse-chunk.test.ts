import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { stringify } from "yaml";
import { parseChunk } from "../../../src/cli/validation/parse-chunk.ts";
import { parseChunks } from "../../../src/cli/validation/parse-chunks.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const parse = (...texts: string[]): unknown => JSON.parse(parseChunk(texts.map(bytes)));

describe("parseChunk", () => {
  test("gives the data of every value that JSON can hold", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const held = value !== null && !JSON.stringify(value).includes("-0");
        fc.pre(held);
        expect(parse(stringify({ value }))).toEqual([{ value }]);
      }),
    );
  });

  test.each([
    ["a fault", "a: [1\n"],
    ["a key twice", "a: 1\na: 2\n"],
    ["two documents", "a: 1\n---\nb: 2\n"],
    ["nothing", "# nothing\n"],
    ["what JSON can't hold", "a: .nan\n"],
    ["a negative zero", "a: -0\n"],
    ["a control character", 'a: "\u0000"\n'],
  ])("gives null for a text with %s", (_what, text) => {
    expect(parse("a: 1\n", text)).toEqual([{ a: 1 }, null]);
  });

  test("keeps keys that mean something to JavaScript", () => {
    expect(parseChunk([bytes("__proto__: {a: 1}\n")])).toBe('[{"__proto__":{"a":1}}]');
  });
});

describe("parseChunks", () => {
  const chunks = Array.from({ length: 30 }, (_, chunk) =>
    Array.from({ length: 20 }, (_, file) => bytes(`a: ${chunk}-${file}\n`)),
  );

  test("parses the same on one core and where threads can't be started", async () => {
    const expected = chunks.map(parseChunk);
    expect(await parseChunks(chunks, 1)).toEqual(expected);
    // The sources have no compiled module that a thread could run.
    expect(await parseChunks(chunks, 3)).toEqual(expected);
  });
});
