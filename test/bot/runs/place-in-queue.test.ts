import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { placeInQueue, type QueuedRun } from "../../../src/bot/runs/place-in-queue.ts";

const run = (id: string, stream: string, isSent = false): QueuedRun => ({
  id,
  stream,
  requestedAt: `2026-11-20T12:00:0${id.length}.000Z`,
  isSent,
});
const unlimited = { runs: Infinity, runsOfStream: Infinity };

/** Those that wait, in their order; the others may begin. */
function waiting(runs: readonly QueuedRun[], limits: typeof unlimited): string[] {
  const places = runs.flatMap(({ id }) => {
    const place = placeInQueue(runs, limits, id);
    return place === undefined ? [] : [{ id, ...place }];
  });
  for (const place of places) expect(place.waiting).toBe(places.length);
  const sorted = places.toSorted((a, b) => a.position - b.position);
  expect(sorted.map(({ position }) => position)).toEqual(sorted.map((_, index) => index + 1));
  return sorted.map(({ id }) => id);
}

describe("a cluster's queue", () => {
  test("is empty without limits", () => {
    expect(waiting([run("a", "x", true), run("aa", "x"), run("aaa", "y")], unlimited)).toEqual([]);
  });

  test("lets as many begin as there is room for, those that wait longest first", () => {
    const runs = [run("aaa", "z"), run("aa", "y"), run("a", "x")];
    expect(waiting(runs, { ...unlimited, runs: 2 })).toEqual(["aaa"]);
    expect(waiting([run("s", "s", true), ...runs], { ...unlimited, runs: 2 })).toEqual([
      "aa",
      "aaa",
    ]);
  });

  test("gives each stream its turn, however much one of them asks for", () => {
    const runs = [run("a", "x"), run("aa", "x"), run("aaa", "x"), run("aaaa", "y")];
    expect(waiting(runs, { ...unlimited, runs: 1 })).toEqual(["aaaa", "aa", "aaa"]);
    const busy = [run("s", "x", true), ...runs];
    expect(waiting(busy, { ...unlimited, runs: 1 })).toEqual(["aaaa", "a", "aa", "aaa"]);
  });

  test("holds no other stream up where one is at its own limit", () => {
    const runs = [run("s", "x", true), run("a", "x"), run("aa", "y")];
    expect(waiting(runs, { runs: 2, runsOfStream: 1 })).toEqual(["a"]);
    expect(placeInQueue(runs, { runs: 2, runsOfStream: 1 }, "a")?.limit).toBe("runsOfStream");
  });

  test("never takes more than its limits and never leaves room unused", () => {
    const runs = fc.uniqueArray(
      fc.record({
        id: fc.string({ minLength: 1, maxLength: 4 }),
        stream: fc.constantFrom("x", "y", "z"),
        requestedAt: fc.constantFrom("2026-01-01T00:00:00.000Z", "2026-01-01T00:00:01.000Z"),
        isSent: fc.boolean(),
      }),
      { selector: ({ id }) => id, maxLength: 12 },
    );
    const limit = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(runs, limit, limit, (all, most, mostOfStream) => {
        const limits = { runs: most, runsOfStream: mostOfStream };
        const held = new Set(waiting(all, limits));
        const under = all.filter(({ id }) => !held.has(id));
        const sent = all.filter(({ isSent }) => isSent);
        const of = (list: readonly QueuedRun[], name: string) =>
          list.filter(({ stream }) => stream === name).length;
        expect(under.length).toBeLessThanOrEqual(Math.max(most, sent.length));
        for (const name of ["x", "y", "z"]) {
          expect(of(under, name)).toBeLessThanOrEqual(Math.max(mostOfStream, of(sent, name)));
          const couldBegin = under.length < most && of(under, name) < mostOfStream;
          if (couldBegin)
            expect(all.some(({ id, stream }) => held.has(id) && stream === name)).toBe(false);
        }
      }),
    );
  });
});
