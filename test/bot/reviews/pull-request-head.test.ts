import { expect, test } from "@jest/globals";
import { isNewTo } from "../../../src/bot/reviews/pull-request-head.ts";

test.each([
  ["2026-11-20T12:00:01Z", true],
  // It may have been opened right after, as GitHub tells no more than the second.
  ["2026-11-20T12:00:00Z", true],
  ["2026-11-20T11:59:59Z", false],
])("a pull request of %s is new to a repository seen since 12:00:00.500: %s", (openedAt, isNew) => {
  expect(isNewTo({ seenAt: "2026-11-20T12:00:00.500Z" }, openedAt)).toBe(isNew);
});
