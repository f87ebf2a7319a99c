import colors from "picocolors";
import { goDuration } from "../../../tekton/go-duration.ts";
import type { Phase, TaskView } from "./task-views.ts";

type Colours = ReturnType<typeof colors.createColors>;

/** A run with its tasks, as a person follows it. */
export interface RunView {
  readonly title: string;
  readonly whole: TaskView;
  readonly tasks: readonly TaskView[];
}

const signs: Readonly<Record<Phase, string>> = {
  waiting: "◌",
  running: "▶",
  succeeded: "✓",
  failed: "✗",
  ignored: "!",
  cancelled: "■",
  skipped: "↷",
  unstarted: "·",
};

const words: Readonly<Record<Phase, string>> = {
  waiting: "waits",
  running: "runs",
  succeeded: "succeeded",
  failed: "failed",
  ignored: "failed, ignored",
  cancelled: "cancelled",
  skipped: "skipped",
  unstarted: "never started",
};

function paint(colours: Colours, phase: Phase, text: string): string {
  if (phase === "succeeded") return colours.green(text);
  if (phase === "failed") return colours.red(text);
  if (phase === "running") return colours.cyan(text);
  return phase === "ignored" || phase === "cancelled" ? colours.yellow(text) : colours.dim(text);
}

/** How long something took, or has been going on; in whole seconds, as Kubernetes writes its times. */
export function durationOf({ startTime, completionTime }: TaskView, now: Date): string {
  if (startTime === undefined) return "";
  const end = completionTime === undefined ? now.getTime() : Date.parse(completionTime);
  return goDuration(Math.max(0, Math.floor((end - Date.parse(startTime)) / 1000)) * 1000);
}

/** A task in words, without its name: `failed after 3s, StepFailed: …`. */
export function describeView(view: TaskView, now: Date): string {
  const duration = view.completionTime === undefined ? "" : durationOf(view, now);
  const after = duration === "" ? words[view.phase] : `${words[view.phase]} after ${duration}`;
  if (view.detail === "") return after;
  return view.phase === "waiting" ? `${after} ${view.detail}` : `${after}, ${view.detail}`;
}

/** The first line of a text, cut where the room ends. */
function cut(text: string, room: number): string {
  const [line = ""] = text.split("\n");
  return line.length <= room ? line : `${line.slice(0, Math.max(0, room - 1))}…`;
}

function renderTask(
  view: TaskView,
  width: number,
  columns: number,
  now: Date,
  colours: Colours,
): string {
  const { name, phase, detail } = view;
  const sign = paint(colours, phase, signs[phase]);
  const time = durationOf(view, now).padStart(6);
  const text = phase === "waiting" ? `${words[phase]} ${detail}` : detail;
  const shown = cut(text, columns - width - time.length - "  x   ".length - 1);
  return `  ${sign} ${name.padEnd(width)} ${colours.dim(time)}  ${paint(colours, phase === "succeeded" ? "waiting" : phase, shown)}`.trimEnd();
}

/** As many lines as a terminal has; what ended well gives way first, then what waits. */
function fit(views: readonly TaskView[], rows: number): readonly TaskView[] {
  const room = Math.max(1, rows);
  const needless: readonly Phase[] = ["succeeded", "skipped", "unstarted", "waiting"];
  return needless.reduce(
    (kept, phase) => (kept.length <= room ? kept : kept.filter((view) => view.phase !== phase)),
    views,
  );
}

/** All runs as the lines that a terminal of this size shows, at most `rows` of them. */
export function renderViews(
  runs: readonly RunView[],
  now: Date,
  { rows, columns }: { readonly rows: number; readonly columns: number },
  isColoured: boolean,
): readonly string[] {
  const colours = colors.createColors(isColoured);
  const room = Math.floor(rows / Math.max(1, runs.length)) - 2;
  return runs.flatMap(({ title, whole, tasks }) => {
    const shown = fit(tasks, room);
    const width = Math.min(40, Math.max(0, ...shown.map(({ name }) => name.length)));
    const hidden = tasks.length - shown.length;
    const lines = shown.flatMap((view, index) => {
      const line = renderTask(view, width, columns, now, colours);
      const isFirst = view.isFinally && shown[index - 1]?.isFinally !== true;
      return isFirst ? [colours.dim("  finally"), line] : [line];
    });
    const time = durationOf(whole, now);
    const sign = paint(colours, whole.phase, signs[whole.phase]);
    const detail = cut(whole.detail, columns - title.length - time.length - "x   ".length - 1);
    return [
      `${sign} ${colours.bold(title)} ${colours.dim(time)}  ${detail}`.trimEnd(),
      ...lines.slice(0, Math.max(1, room)),
      ...(hidden > 0 ? [colours.dim(`  … and ${hidden} more`)] : []),
    ];
  });
}
