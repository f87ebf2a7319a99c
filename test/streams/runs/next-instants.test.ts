import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { isTimeZone, lastInstant, nextInstants } from "../../../src/streams/runs/next-instants.ts";

const lastOf = (cron: string, now: string, timeZone?: string) => {
  const last = lastInstant(
    { cron, ...(timeZone === undefined ? {} : { timeZone }) },
    new Date(now),
  );
  return last.ok ? last.value?.toISOString() : last.problem.kind;
};

describe("lastInstant", () => {
  test.each([
    ["long after", "0 4 * * *", "2026-11-20T12:00:00.000Z", "2026-11-20T04:00:00.000Z"],
    ["at the instant itself", "0 4 * * *", "2026-11-20T04:00:00.000Z", "2026-11-20T04:00:00.000Z"],
    ["within its second", "0 4 * * *", "2026-11-20T04:00:00.900Z", "2026-11-20T04:00:00.000Z"],
    ["just before it", "0 4 * * *", "2026-11-20T03:59:59.999Z", "2026-11-19T04:00:00.000Z"],
    ["years after", "0 4 29 2 *", "2026-11-20T12:00:00.000Z", "2024-02-29T04:00:00.000Z"],
  ])("%s", (_when, cron, now, last) => {
    expect(lastOf(cron, now)).toBe(last);
  });

  test.each([
    ["winter", "0 4 * * *", "2026-10-26T12:00:00Z", "2026-10-26T03:00:00.000Z"],
    ["summer", "0 4 * * *", "2026-10-24T12:00:00Z", "2026-10-24T02:00:00.000Z"],
    ["the day with 25 hours", "0 4 * * *", "2026-10-25T12:00:00Z", "2026-10-25T03:00:00.000Z"],
    ["an hour that comes twice", "30 2 * * *", "2026-10-25T12:00:00Z", "2026-10-25T00:30:00.000Z"],
    ["an hour that is left out", "30 2 * * *", "2026-03-29T12:00:00Z", "2026-03-29T01:00:00.000Z"],
  ])("keeps to the clock of its time zone: %s", (_when, cron, now, last) => {
    expect(lastOf(cron, now, "Europe/Berlin")).toBe(last);
  });

  test("of a schedule that never comes due is none, and of no schedule a problem", () => {
    expect(lastOf("0 4 31 2 *", "2026-11-20T12:00:00Z")).toBeUndefined();
    expect(lastOf("61 * * * *", "2026-11-20T12:00:00Z")).toBe("invalid");
    expect(lastOf("0 0 4 * * *", "2026-11-20T12:00:00Z")).toBe("invalid");
  });

  const cron = fc.constantFrom(
    "0 * * * *",
    "*/15 * * * *",
    "30 2 * * *",
    "15 1-3 * * *",
    "0 2 * * 0",
    "0 0 1 * *",
  );
  const timeZone = fc.constantFrom(
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
  );
  const change = fc.constantFrom(
    "2026-03-08T07:00:00Z",
    "2026-03-29T01:00:00Z",
    "2026-04-04T15:00:00Z",
    "2026-10-25T01:00:00Z",
    "2026-11-01T06:00:00Z",
  );
  const nearChange = fc
    .tuple(change, fc.integer({ min: -12 * 3_600_000, max: 12 * 3_600_000 }))
    .map(([moment, offset]) => new Date(Date.parse(moment) + offset));

  test("is the one before the next, whatever the clocks do: none is skipped, none comes early", () => {
    fc.assert(
      fc.property(cron, timeZone, nearChange, (expression, zone, now) => {
        const schedule = { cron: expression, timeZone: zone };
        const last = lastInstant(schedule, now);
        if (!last.ok || last.value === undefined) return false;
        const next = nextInstants(schedule, last.value, 1);
        const [following] = next.ok ? next.value : [];
        return last.value <= now && following !== undefined && following > now;
      }),
    );
  });
});

test("nextInstants are those after the moment, in order", () => {
  const next = nextInstants(
    { cron: "0 4 * * *", timeZone: "Europe/Berlin" },
    new Date("2026-10-24T02:00:00Z"),
    2,
  );
  expect(next.ok ? next.value.map((instant) => instant.toISOString()) : next).toEqual([
    "2026-10-25T03:00:00.000Z",
    "2026-10-26T03:00:00.000Z",
  ]);
});

test.each([
  ["Europe/Berlin", true],
  ["UTC", true],
  ["Europe/Atlantis", false],
  ["", false],
])("the time zone %j is known: %j", (name, known) => {
  expect(isTimeZone(name)).toBe(known);
});
