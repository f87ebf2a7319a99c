import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { cronFields, hasSuchDay, shortestPause } from "../../../src/streams/runs/cron-fields.ts";
import { nextInstants } from "../../../src/streams/runs/next-instants.ts";

const field = (first: number, last: number) => {
  const one = fc.integer({ min: first, max: last });
  const part = fc.oneof(
    fc.constant("*"),
    one.map(String),
    fc.tuple(one, one).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`),
    fc.tuple(fc.constant("*"), fc.integer({ min: 1, max: last })).map(([a, b]) => `${a}/${b}`),
  );
  return fc.oneof(
    part,
    fc.tuple(part, part).map((parts) => parts.join(",")),
  );
};

const cron = fc
  .tuple(field(0, 59), field(0, 23), field(1, 31), field(1, 12), field(0, 7))
  .map((fields) => fields.join(" "));

describe("cronFields", () => {
  test.each([
    ["0 6,18 * * 1-3", { minutes: [0], hours: [6, 18], weekdays: [1, 2, 3] }],
    ["*/20 0 */10 2 *", { minutes: [0, 20, 40], days: [1, 11, 21, 31], months: [2] }],
  ])("%s", (text, expected) => {
    expect(cronFields(text)).toMatchObject(expected);
  });

  test.each(["60 * * * *", "* * * *", "* * * * * *", "*/0 * * * *", "5-1 * * * *", "* * * * MON"])(
    "leaves %s to others",
    (text) => {
      expect(cronFields(text)).toBeUndefined();
    },
  );

  test("agrees with the library that schedules by it", () => {
    const after = new Date("2027-01-01T00:00:00Z");
    fc.assert(
      fc.property(cron, (text) => {
        const fields = cronFields(text)!;
        const instants = nextInstants({ cron: text }, after, 4);
        if (!instants.ok) throw new Error(`${text} is refused`);
        expect(instants.value.length > 0).toBe(hasSuchDay(fields));
        const times = instants.value.map((instant) => instant.getTime() / 60_000);
        for (const [index, time] of times.slice(1).entries()) {
          expect(time - times[index]!).toBeGreaterThanOrEqual(
            Math.min(shortestPause(fields), 1440),
          );
        }
      }),
      { numRuns: 200 },
    );
  });
});
