import type { ObservedTask } from "../../cluster/types.ts";
import { fence, neutralise } from "../../github/text.ts";
import { formatDuration } from "../../format-duration.ts";
import { isOver, type RunReport, type RunState } from "./run-report.ts";

export interface CheckReport {
  readonly status: "queued" | "in_progress" | "completed";
  readonly conclusion?: "success" | "failure" | "cancelled" | "timed_out" | "action_required";
  readonly title: string;
  readonly summary: string;
}

const stateWords: Readonly<Record<RunState, { icon: string; words: string }>> = {
  requested: { icon: "🕓", words: "requested" },
  submitted: { icon: "🕓", words: "taken by the listener, not started yet" },
  queued: { icon: "🕓", words: "queued" },
  running: { icon: "🔄", words: "running" },
  succeeded: { icon: "✅", words: "succeeded" },
  failed: { icon: "❌", words: "failed" },
  cancelled: { icon: "🚫", words: "cancelled" },
  "timed-out": { icon: "⏱️", words: "timed out" },
  lost: { icon: "❓", words: "did not start, or vanished" },
  parked: { icon: "✋", words: "needs a person" },
};

/** The check run of one run: how Tekton's condition becomes GitHub's status and conclusion. */
export function renderRunCheck(run: RunReport): CheckReport {
  const title = runHeadline(run);
  const summary = renderRun(run);
  if (run.state === "running") return { status: "in_progress", title, summary };
  if (!isOver(run.state)) return { status: "queued", title, summary };
  return { status: "completed", conclusion: conclusionOf(run.state), title, summary };
}

function conclusionOf(state: RunState): NonNullable<CheckReport["conclusion"]> {
  if (state === "succeeded") return "success";
  if (state === "cancelled") return "cancelled";
  if (state === "timed-out") return "timed_out";
  if (state === "parked") return "action_required";
  return "failure";
}

/** Whose runs a comment tells of: builds of a merge, trials before it, or builds of the default branch that somebody asked for. */
export type RunsTold = "merge" | "trial" | "asked";

/** The sticky comment of a pull request or issue about such runs. */
export function renderRunsComment(runs: readonly RunReport[], told: RunsTold = "merge"): string {
  const under = runs.filter((run) => !isOver(run.state)).length;
  const broken = runs.filter((run) => isOver(run.state) && run.state !== "succeeded").length;
  const headline =
    told === "asked"
      ? askedHeadline(runs, { under, broken })
      : runsHeadline({ total: runs.length, under, broken, what: runWords[told] });
  return [`### ${headline}`, ...runs.map(renderRunSection)].join("\n\n");
}

const runWords = { merge: "build", trial: "trial build" } as const;

interface RunCounts {
  readonly total: number;
  readonly under: number;
  readonly broken: number;
  readonly what: string;
}

function runsHeadline({ total, under, broken, what }: RunCounts): string {
  const builds = total === 1 ? `1 ${what}` : `${total} ${what}s`;
  if (broken > 0) return `${builds} of this pull request, ${broken} without success`;
  if (under > 0) return `${builds} of this pull request, ${under} under way`;
  return total === 1 ? `The ${what} of this pull request succeeded` : `All ${builds} succeeded`;
}

/** What was asked for under a pull request is no build of it: the default branch does not have it yet, or more than it. */
function askedHeadline(
  runs: readonly RunReport[],
  { under, broken }: Pick<RunCounts, "under" | "broken">,
): string {
  const [only] = runs;
  if (only === undefined || runs.length > 1) {
    const builds = `${runs.length} builds of the default branch, asked for here`;
    if (broken > 0) return `${builds}, ${broken} without success`;
    return under > 0 ? `${builds}, ${under} under way` : `${builds}, all succeeded`;
  }
  const who = only.requestedBy === undefined ? "" : `, asked for by ${only.requestedBy}`;
  return `Build of the default branch at ${only.commit.slice(0, 10)}${who}: ${stateWords[only.state].words}`;
}

function renderRunSection(run: RunReport): string {
  return `#### ${stateWords[run.state].icon} \`${run.subject}\` — ${runHeadline(run)}\n\n${renderRun(run)}`;
}

function runHeadline(run: RunReport): string {
  const { words } = stateWords[run.state];
  const again = run.attempt > 1 ? ` (attempt ${run.attempt})` : "";
  if (run.startedAt === undefined || run.finishedAt === undefined) return `${words}${again}`;
  return `${words} in ${formatDuration(run.startedAt, run.finishedAt)}${again}`;
}

function renderRun(run: RunReport): string {
  return [
    run.message === "" ? undefined : neutralise(run.message),
    renderTasks(run.tasks),
    renderResults(run),
    renderLogTail(run),
    renderFooter(run),
  ]
    .filter((part) => part !== undefined)
    .join("\n\n");
}

function renderTasks(tasks: readonly ObservedTask[]): string | undefined {
  if (tasks.length === 0) return undefined;
  const rows = tasks.map(
    (task) => `| ${taskIcon(task)} \`${task.name}\` | ${taskWords(task)} | ${taskDuration(task)} |`,
  );
  return ["| Task | State | Took |", "| --- | --- | ---: |", ...rows].join("\n");
}

function taskIcon(task: ObservedTask): string {
  if (task.phase === "skipped") return "⏭️";
  if (task.phase === "waiting") return "🕓";
  return stateWords[task.phase].icon;
}

function taskWords(task: ObservedTask): string {
  const step = task.failedStep;
  if (step !== undefined) return `step \`${step.name}\` ended with exit code ${step.exitCode}`;
  const reason = task.reason === undefined || task.phase === "succeeded" ? "" : ` (${task.reason})`;
  return `${task.phase.replace("-", " ")}${reason}`;
}

function taskDuration(task: ObservedTask): string {
  if (task.startedAt === undefined || task.finishedAt === undefined) return "";
  return formatDuration(task.startedAt, task.finishedAt);
}

function renderResults(run: RunReport): string | undefined {
  if (run.state !== "succeeded") return undefined;
  const rows = Object.entries(run.results).map(
    ([name, value]) => `| \`${name}\` | \`${cellText(value)}\` |`,
  );
  const results = rows.length === 0 ? [] : ["| Result | Value |", "| --- | --- |", ...rows];
  const release = renderRelease(run);
  if (release !== undefined)
    return [release, ...(rows.length === 0 ? [] : ["", ...results])].join("\n");
  return rows.length === 0 ? undefined : results.join("\n");
}

function renderRelease({ release, releasePhase, imageByTag }: RunReport): string | undefined {
  if (release === undefined) return undefined;
  const made = `This build is now the release **\`${release}\`** (${releasePhase ?? "Pending"})`;
  if (imageByTag === undefined) return `${made}.`;
  return `${made}, by tag: after the build its tag named \`${imageByTag}\`.`;
}

/** Inside a code span of a table's cell: a pipeline may write anything to its results. */
function cellText(value: string): string {
  return value.trim().replaceAll("`", "'").replaceAll("|", "\\|").replace(/\s+/g, " ");
}

function renderLogTail(run: RunReport): string | undefined {
  if (run.logTail === undefined || run.logTail === "") return undefined;
  return `<details open><summary>Last lines of the log</summary>\n\n${fence(run.logTail)}\n\n</details>`;
}

function renderFooter(run: RunReport): string {
  const who = run.requestedBy === undefined ? "" : ` · asked for by ${run.requestedBy}`;
  const isBroken = isOver(run.state) && run.state !== "succeeded";
  const again =
    run.kind === "trial"
      ? `tries it again with \`/test ${run.subject}\``
      : "builds it again with `/retry`";
  const next = isBroken ? `\n\nA maintainer ${again}.` : "";
  return `<sub>[Run \`${run.name}\`](${run.url}) on cluster \`${run.cluster}\` at ${run.commit.slice(0, 10)}${who}</sub>${next}`;
}
