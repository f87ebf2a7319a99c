import { parseDuration } from "../../tekton/duration.ts";
import { replaceValue } from "../../yaml/node-fix.ts";
import type { NodePath, SourceDocument } from "../../yaml/types.ts";
import { mistakeAt } from "./mistake.ts";
import type { Mistake } from "./mistake.ts";
import { cronFields, hasSuchDay, shortestPause } from "../runs/cron-fields.ts";
import { isTimeZone, nextInstants } from "../runs/next-instants.ts";
import type { Schedule } from "../runs/next-instants.ts";
import { quoted } from "../../quoted.ts";
import type { Sourced } from "../repository.ts";
import { nearestTimeZone } from "../runs/time-zones.ts";
import type { Stream } from "../types.ts";

const schedulePath = ["spec", "triggers", "schedule"];
const cronPath = [...schedulePath, "cron"];

/** Schedules that can't be read, never come due, come too soon, or stand in a time zone that does not exist. */
export function checkSchedules({ source, value }: Sourced<Stream>): Mistake[] {
  const schedule = value.spec.triggers?.schedule;
  if (schedule === undefined) return [];
  const zone = checkTimeZone(source, [...schedulePath, "timeZone"], schedule.timeZone);
  return [...zone, ...checkCron(source, schedule, value.spec.build.timeouts?.pipeline)];
}

/** A time zone that does not exist, with the one that was meant. */
export function checkTimeZone(
  source: SourceDocument,
  path: NodePath,
  timeZone: string | undefined,
): Mistake[] {
  if (timeZone === undefined || isTimeZone(timeZone)) return [];
  const meant = nearestTimeZone(timeZone);
  return [
    mistakeAt(source, "time-zone-unknown", path, "value", {
      message: `The time zone ${quoted(timeZone)} is unknown.`,
      help:
        meant === undefined
          ? "Write an IANA name such as Europe/Berlin, or leave it out for UTC."
          : `Did you mean ${quoted(meant)}? IANA names are meant; without one it is UTC.`,
      ...(meant !== undefined && { fix: replaceValue(path, meant) }),
    }),
  ];
}

function checkCron(
  source: SourceDocument,
  { cron }: Schedule,
  timeout: string | undefined,
): Mistake[] {
  const fields = cronFields(cron);
  // Names of months and days are left to the library that reads schedules when the bot runs.
  const read = fields === undefined ? nextInstants({ cron }, new Date(0), 1) : undefined;
  if (read?.ok === false) {
    return [
      mistakeAt(source, "schedule-cron-invalid", cronPath, "value", {
        message: `${quoted(cron)} is no cron expression: ${read.problem.what}`,
        help: read.problem.next ?? "Correct the expression.",
      }),
    ];
  }
  if (fields === undefined ? read?.value.length === 0 : !hasSuchDay(fields)) {
    return [
      mistakeAt(source, "schedule-never-fires", cronPath, "value", {
        message: `The schedule ${quoted(cron)} never comes due: no such day exists.`,
        help: "The fields are minute, hour, day of month, month, day of week. Choose a day that the month has, such as `0 0 28 2 *`.",
      }),
    ];
  }
  const pause = fields === undefined ? Number.POSITIVE_INFINITY : shortestPause(fields);
  const allowed = minutesOf(timeout ?? "1h");
  if (pause >= allowed) return [];
  return [
    mistakeAt(source, "schedule-too-frequent", cronPath, "value", {
      message: `The schedule comes due ${pause} min after it came due, and a build may take ${allowed} min${timeout === undefined ? ", as spec.build.timeouts says nothing" : ""}.`,
      help: "Build less often, or let spec.build.timeouts.pipeline end a build before the next one begins.",
    }),
  ];
}

/** No limit, "0s", says nothing about how long a build takes. */
function minutesOf(duration: string): number {
  const parsed = parseDuration(duration);
  return parsed.ok ? parsed.value / 60_000 : 0;
}
