import { Cron } from "croner";
import { failed, ok, type Result } from "../problem.ts";
import type { Stream } from "./types.ts";

export type Schedule = NonNullable<NonNullable<Stream["spec"]["triggers"]>["schedule"]>;

export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/**
 * The next `count` instants after `after` at which a schedule is due; fewer, or none, where it never comes due again.
 * `invalid` where it is no cron expression of five fields.
 */
export function nextInstants(schedule: Schedule, after: Date, count: number): Result<Date[]> {
  const timeZone = schedule.timeZone ?? "UTC";
  try {
    const cron = new Cron(schedule.cron, { timezone: timeZone, mode: "5-part", paused: true });
    return ok(cron.nextRuns(count, after));
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^CronPattern: /, "") : "unreadable";
    return failed({
      kind: "invalid",
      what: `${why}.`,
      next: "Write minute, hour, day of month, month and day of week, such as `30 10 * * *`.",
    });
  }
}
