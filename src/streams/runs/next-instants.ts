import { Cron } from "croner";
import { failed, ok, type Result } from "../../problem.ts";
import type { Stream } from "../types.ts";

export type Schedule = NonNullable<NonNullable<Stream["spec"]["triggers"]>["schedule"]>;

/** Asking Node takes longer than everything else that is checked of a stream. */
const knownZones = new Set<string>();
const maximumZones = 1000;

/** Node takes these for a zone somewhere, mostly another than who writes them means: BST is Bangladesh. */
const abbreviation = /^[A-Z]{3}$/;
/** Names of three letters that IANA has too. */
const ofIana: ReadonlySet<string> = new Set(
  "CET EET EST GMT HST MET MST PRC ROC ROK UCT UTC WET".split(" "),
);

export function isTimeZone(name: string): boolean {
  if (knownZones.has(name)) return true;
  if (abbreviation.test(name) && !ofIana.has(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
  } catch {
    return false;
  }
  if (knownZones.size < maximumZones) knownZones.add(name);
  return true;
}

/**
 * The next `count` instants after `after` at which a schedule is due; fewer, or none, where it never comes due again.
 * `invalid` where it is no cron expression of five fields.
 */
export function nextInstants(schedule: Schedule, after: Date, count: number): Result<Date[]> {
  const cron = readCron(schedule);
  return cron.ok ? ok(cron.value.nextRuns(count, after)) : cron;
}

/**
 * The newest instant at or before `now` at which a schedule was due: however many were missed, this one stands for
 * them. Undefined where there was none; `invalid` as above.
 */
export function lastInstant(schedule: Schedule, now: Date): Result<Date | undefined> {
  const cron = readCron(schedule);
  // What croner gives lies before its reference, and it counts in seconds.
  const nextSecond = new Date((Math.floor(now.getTime() / 1000) + 1) * 1000);
  return cron.ok ? ok(cron.value.previousRuns(1, nextSecond)[0]) : cron;
}

function readCron({ cron, timeZone = "UTC" }: Schedule): Result<Cron> {
  try {
    return ok(new Cron(cron, { timezone: timeZone, mode: "5-part", paused: true }));
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^CronPattern: /, "") : "unreadable";
    return failed({
      kind: "invalid",
      what: `${why}.`,
      next: "Write minute, hour, day of month, month and day of week, such as `30 10 * * *`.",
    });
  }
}
