import { expect, test } from "@jest/globals";
import { activeFreeze } from "../../src/promotion/active-freeze.ts";
import { parseSoak } from "../../src/promotion/parse-soak.ts";

const holidays = {
  from: "2026-12-20",
  to: "2027-01-06",
  timeZone: "Europe/Berlin",
  reason: "nobody is there",
};

test.each([
  ["2026-12-19T22:59:59Z", undefined],
  ["2026-12-19T23:00:00Z", "2027-01-06T23:00:00.000Z"],
  ["2027-01-06T22:59:59Z", "2027-01-06T23:00:00.000Z"],
  ["2027-01-06T23:00:00Z", undefined],
])("days count whole, in their time zone: %s", (now, until) => {
  const result = activeFreeze([holidays], new Date(now));
  expect(result.ok ? result.value?.until : result).toBe(until);
});

test("a day that the clocks shorten still ends at midnight", () => {
  const freeze = { from: "2026-03-29", to: "2026-03-29", timeZone: "Europe/Berlin", reason: "x" };
  const result = activeFreeze([freeze], new Date("2026-03-29T12:00:00Z"));
  expect(result.ok ? result.value?.until : result).toBe("2026-03-29T22:00:00.000Z");
});

test("times end where they say, and the longest of several decides", () => {
  const short = { from: "2026-12-24T12:00", to: "2026-12-24T18:00", reason: "x" };
  const alone = activeFreeze([short], new Date("2026-12-24T13:00:00Z"));
  expect(alone.ok ? alone.value?.until : alone).toBe("2026-12-24T18:00:00.000Z");
  const both = activeFreeze([short, holidays], new Date("2026-12-24T13:00:00Z"));
  expect(both.ok ? both.value?.freeze.reason : both).toBe("nobody is there");
});

test.each([
  [{ ...holidays, from: "2026-13-01" }],
  [{ ...holidays, to: "2026-02-30" }],
  [{ ...holidays, timeZone: "Europe/Atlantis" }],
])("what cannot be read is no freeze that is over: %j", (freeze) => {
  expect(activeFreeze([freeze], new Date("2020-01-01")).ok).toBe(false);
});

test.each([
  ["30m", 1_800_000],
  ["24h", 86_400_000],
  ["7d", 604_800_000],
  ["1d12h", 129_600_000],
  ["24", undefined],
  ["1 fortnight", undefined],
  ["-1h", undefined],
  ["", undefined],
])("soak %j is %p ms", (text, milliseconds) => {
  expect(parseSoak(text)).toBe(milliseconds);
});
