import { DateTime } from "luxon";
import { failed, ok, type Result } from "../problem.ts";
import type { Freeze } from "../streams/types.ts";

export interface ActiveFreeze {
  readonly freeze: Freeze;
  /** The first instant after it, ISO 8601 in UTC. */
  readonly until: string;
}

/**
 * The freeze that holds at this instant and lasts longest; undefined where none does. `from` and `to` are ISO 8601 dates
 * or times in the freeze's time zone (UTC where it names none); a `to` that is a date alone includes that day.
 */
export function activeFreeze(
  freezes: readonly Freeze[],
  now: Date,
): Result<ActiveFreeze | undefined> {
  let active: ActiveFreeze | undefined;
  for (const freeze of freezes) {
    const zone = freeze.timeZone ?? "utc";
    const from = DateTime.fromISO(freeze.from, { zone });
    const to = DateTime.fromISO(freeze.to, { zone });
    const end = isDate(freeze.to) ? to.startOf("day").plus({ days: 1 }) : to;
    const until = end.toUTC().toISO();
    if (!from.isValid || until === null) return failed(unreadable(freeze));
    if (now.getTime() < from.toMillis() || now.getTime() >= end.toMillis()) continue;
    if (active === undefined || until > active.until) active = { freeze, until };
  }
  return ok(active);
}

function isDate(text: string): boolean {
  return !text.includes("T");
}

function unreadable({ from, to, timeZone = "UTC" }: Freeze) {
  return {
    kind: "invalid" as const,
    what: `The freeze from ${from} to ${to} (${timeZone}) cannot be read.`,
    next: "Write ISO 8601 dates or times, and a time zone such as Europe/Berlin.",
  };
}
