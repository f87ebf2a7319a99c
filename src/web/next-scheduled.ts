import { Cron } from "croner";
import type { Stream } from "../streams/types.ts";

/** When a stream's schedule is due next, ISO 8601; undefined where it has none that ever fires. */
export function nextScheduled(stream: Stream, at: Date): string | undefined {
  const schedule = stream.spec.triggers?.schedule;
  if (schedule === undefined || (stream.spec.lifecycle?.state ?? "active") !== "active")
    return undefined;
  try {
    const cron = new Cron(schedule.cron, { timezone: schedule.timeZone ?? "UTC", paused: true });
    return cron.nextRun(at)?.toISOString();
  } catch {
    // A schedule that cannot be read is a finding of the review; here there is just no date to show.
    return undefined;
  }
}
