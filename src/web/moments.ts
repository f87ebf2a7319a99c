import { DateTime } from "luxon";
import { formatDuration } from "../format-duration.ts";
import { html, nothing, type Html } from "./html.ts";

/** How long ago, or in how long, with the exact instant for whoever wants it. */
export function moment(iso: string | null | undefined, at: Date): Html {
  if (iso === null || iso === undefined) return nothing;
  const instant = DateTime.fromISO(iso, { zone: "utc" });
  const base = DateTime.fromJSDate(at);
  const near = Math.abs(base.diff(instant).as("seconds")) < 5;
  const words = near ? "just now" : (instant.toRelative({ base, locale: "en" }) ?? iso);
  return html`<time datetime="${iso}" title="${instant.toFormat("yyyy-MM-dd HH:mm:ss 'UTC'")}"
    >${words}</time
  >`;
}

/** The time between two ISO 8601 instants, such as `2 min 5 s`; undefined where one is missing. */
export function span(
  from: string | null | undefined,
  to: string | null | undefined,
): string | undefined {
  if (!from || !to) return undefined;
  return formatDuration(from, to);
}
