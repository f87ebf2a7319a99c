import { describe, expect, test } from "@jest/globals";
import { decodeText } from "../../src/yaml/decode-text.ts";

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

describe("decodeText", () => {
  test.each([
    ["plain text", new TextEncoder().encode("a: ü\r\n\tb"), "a: ü\r\n\tb"],
    ["a byte order mark", bytes(0xef, 0xbb, 0xbf, 0x61), "a"],
    ["nothing", bytes(), ""],
  ])("reads %s", (_name, input, text) => {
    expect(decodeText(input)).toEqual({ ok: true, value: text });
  });

  test.each([
    ["a NUL byte", bytes(0x61, 0x0a, 0x00), "U+0000 in line 2"],
    ["an escape sequence", bytes(0x1b, 0x5b, 0x33), "U+001B in line 1"],
    ["broken UTF-8", bytes(0xff, 0xfe, 0x61), "no UTF-8"],
    ["half a character", bytes(0x61, 0xc3), "no UTF-8"],
  ])("refuses %s", (_name, input, why) => {
    const result = decodeText(input);
    expect(!result.ok && result.problem.what).toContain(why);
  });
});
