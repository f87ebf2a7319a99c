import type { Run } from "../store/run-record.ts";
import { html, nothing, type Html } from "./html.ts";
import { taskTone } from "./status.ts";

type Task = NonNullable<Run["observed"]>["tasks"][number];

/** A run's tasks on one scale of time: from the first start to the last end, or to now. Milliseconds since the epoch. */
export interface Scale {
  readonly from: number;
  readonly to: number;
}

export function scaleOf(tasks: readonly Task[], at: Date): Scale {
  const starts = tasks.flatMap(({ startedAt }) =>
    startedAt === undefined ? [] : [Date.parse(startedAt)],
  );
  const ends = tasks.map(({ startedAt, finishedAt }) => endOf(startedAt, finishedAt, at));
  const from = Math.min(...starts, at.getTime());
  return { from, to: Math.max(from + 1, ...ends) };
}

/** When a task ran, as a bar within the scale. An SVG, as the pages allow no inline styles. */
export function timelineBar(task: Task, { from, to }: Scale, at: Date): Html {
  if (task.startedAt === undefined) return nothing;
  const percent = (instant: number) => ((instant - from) / (to - from)) * 100;
  const x = percent(Date.parse(task.startedAt));
  const width = Math.max(1, percent(endOf(task.startedAt, task.finishedAt, at)) - x);
  return html`<svg
    class="bar ${taskTone(task.phase)}"
    viewBox="0 0 100 8"
    preserveAspectRatio="none"
    aria-hidden="true"
  >
    <rect x="${Math.min(x, 99).toFixed(2)}" y="0" width="${width.toFixed(2)}" height="8" />
  </svg>`;
}

function endOf(startedAt: string | undefined, finishedAt: string | undefined, at: Date): number {
  if (finishedAt !== undefined) return Date.parse(finishedAt);
  return startedAt === undefined ? 0 : at.getTime();
}
