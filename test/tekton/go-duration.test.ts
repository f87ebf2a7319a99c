import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { parseDuration } from "../../src/tekton/duration.ts";
import { goDuration } from "../../src/tekton/go-duration.ts";

test.each([
  [3_600_000, "1h0m0s"],
  [5_400_000, "1h30m0s"],
  [90_000, "1m30s"],
  [60_000, "1m0s"],
  [1500, "1.5s"],
  [250, "250ms"],
  [0, "0s"],
])("%d ms are %s", (milliseconds, text) => {
  expect(goDuration(milliseconds)).toBe(text);
});

test("what is written is read as the same duration", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 ** 9 }), (milliseconds) => {
      const parsed = parseDuration(goDuration(milliseconds));
      expect(parsed.ok ? Math.round(parsed.value) : parsed).toBe(milliseconds);
    }),
  );
});
