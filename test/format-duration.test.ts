import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { formatDuration } from "../src/format-duration.ts";

describe("a duration", () => {
  const start = Date.parse("2026-11-20T12:00:00Z");
  const after = (milliseconds: number) =>
    formatDuration(new Date(start).toISOString(), new Date(start + milliseconds).toISOString());

  test.each([
    [0, "under 1 s"],
    [400, "0.4 s"],
    [9940, "9.9 s"],
    [9950, "10 s"],
    [59_400, "59 s"],
    [59_600, "1 min"],
    [185_000, "3 min 5 s"],
    [3_600_000, "1 h"],
    [7_440_000, "2 h 4 min"],
  ])("of %i ms is %s", (milliseconds, words) => {
    expect(after(milliseconds)).toBe(words);
  });

  test("never shows 60 of a smaller unit, nor a clock that ran backwards", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000, max: 1_000_000_000 }), (milliseconds) => {
        expect(after(milliseconds)).toMatch(/^(under 1 s|\d+(\.\d)? (s|min|h)( \d+ (s|min))?)$/);
        expect(after(milliseconds)).not.toMatch(/\b(60|6\d|7\d) (s|min)\b/);
      }),
    );
  });
});
