import type { StreamSurroundings } from "./checkable.ts";
import { mistakeAt } from "./mistake.ts";
import type { Mistake } from "./mistake.ts";
import { isTimeZone, nextInstants } from "../runs/next-instants.ts";
import { quoted } from "../../quoted.ts";
import type { Sourced } from "../repository.ts";
import type { Stream } from "../types.ts";

const schedulePath = ["spec", "triggers", "schedule"];

/** Schedules that can't be read, never come due, or stand in a time zone that does not exist. */
export function checkSchedules(
  { source, value }: Sourced<Stream>,
  { now }: StreamSurroundings,
): Mistake[] {
  const schedule = value.spec.triggers?.schedule;
  if (schedule === undefined) return [];
  const { cron, timeZone = "UTC" } = schedule;
  if (!isTimeZone(timeZone)) {
    return [
      mistakeAt(source, "time-zone-unknown", [...schedulePath, "timeZone"], "value", {
        message: `The time zone ${quoted(timeZone)} is unknown.`,
        help: "Write an IANA name such as Europe/Berlin, or leave it out for UTC.",
      }),
    ];
  }
  const cronPath = [...schedulePath, "cron"];
  const next = nextInstants(schedule, now, 1);
  if (!next.ok) {
    return [
      mistakeAt(source, "schedule-cron-invalid", cronPath, "value", {
        message: `${quoted(cron)} is no cron expression: ${next.problem.what}`,
        help: next.problem.next ?? "Correct the expression.",
      }),
    ];
  }
  if (next.value.length > 0) return [];
  return [
    mistakeAt(source, "schedule-never-fires", cronPath, "value", {
      message: `The schedule ${quoted(cron)} never comes due: no such day exists.`,
      help: "The fields are minute, hour, day of month, month, day of week. Choose a day that the month has, such as `0 0 28 2 *`.",
    }),
  ];
}
