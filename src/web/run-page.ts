import { findReleaseOfRun } from "../store/releases.ts";
import type { Repository } from "../store/repository-record.ts";
import { getRun } from "../store/runs.ts";
import type { Run } from "../store/run-record.ts";
import { facts, table } from "./facts.ts";
import { html, nothing, type Html } from "./html.ts";
import type { Page } from "./layout.ts";
import { commitLink, pagePath, pullLink, releaseLink } from "./links.ts";
import { moment, span } from "./moments.ts";
import { runGraph } from "./run-graph.ts";
import type { Site } from "./site.ts";
import { badge, isUnderWay, runBadge, taskTone } from "./status.ts";
import { causeInWords, subjectInWords } from "./stream-parts.ts";
import { scaleOf, timelineBar } from "./task-timeline.ts";

/** `/runs/ID`: how a run stands, why it was asked for, and what each of its tasks did; undefined where there is none. */
export async function runPage(
  site: Site,
  repositories: readonly Repository[],
  id: string,
): Promise<Page | undefined> {
  const { db } = site.store;
  const run = await getRun(db, id);
  const repository = repositories.find((candidate) => candidate.id === run?.repositoryId);
  if (run === undefined || repository === undefined) return undefined;
  const release = await findReleaseOfRun(db, id);
  const snapshot = await site.snapshot(repository.id);
  const ref = run.request.pipelineRef;
  const pipeline = "path" in ref ? snapshot?.pipelines.get(ref.path)?.value.spec : undefined;
  const tasks = run.observed?.tasks ?? [];
  return {
    title: run.name,
    section: "streams",
    ...(isUnderWay(run.state) && { refreshSeconds: 3 }),
    body: html`<p class="kind">Run · ${run.kind}</p>
      <h1>${run.name} ${runBadge(run.state)}</h1>
      ${run.message === null ? nothing : html`<p class="lead">${run.message}</p>`}
      ${run.error === null ? nothing : html`<p class="note">${badge("warn", "waits")} ${run.error}</p>`}
      ${facts([
        ["about", subjectInWords(site, repository, run)],
        ["because of", causeInWords(site, repository, run)],
        [
          "reported on",
          run.pullNumber === null ? undefined : pullLink(site, repository, run.pullNumber),
        ],
        ["attempt", run.attempt > 1 ? `${run.attempt}` : undefined],
        ["commit", commitLink(site, repository, run.commit)],
        ["cluster", run.cluster],
        ["asked for", moment(run.requestedAt, site.at)],
        ["took", span(run.startedAt, run.finishedAt)],
        ["gave", release && releaseLink(site, repository, release.name)],
      ])}
      ${runGraph(pipeline, tasks)}
      <h2>Tasks</h2>
      ${taskTable(site, repository, run)}
      ${
        run.logTail === null || run.logTail === ""
          ? nothing
          : html`<h2>The end of the log</h2>
              <pre class="log">${site.redact(run.logTail)}</pre>`
      }
      ${keyValues("Results", run.results ?? {})} ${keyValues("Parameters", run.request.params)}`,
  };
}

function taskTable(site: Site, repository: Repository, run: Run): Html {
  const tasks = run.observed?.tasks ?? [];
  const scale = scaleOf(tasks, site.at);
  return table(
    ["task", "state", "when", "took", "logs"],
    tasks.map((task) => [
      html`<b>${task.name}</b>`,
      html`${badge(taskTone(task.phase), task.phase.replace("-", " "))} ${whyFailed(task)}`,
      timelineBar(task, scale, site.at),
      span(task.startedAt, task.finishedAt ?? (task.startedAt && site.at.toISOString())) ?? "",
      task.podName === undefined
        ? ""
        : task.steps.map(
            (step) =>
              html`<a
                href="${pagePath(site, repository, "runs", run.id, "logs", task.name, step.name)}"
                >${step.name}</a
              > `,
          ),
    ]),
    isUnderWay(run.state) ? "It has not started yet." : "The cluster reported no tasks.",
  );
}

function whyFailed(task: NonNullable<Run["observed"]>["tasks"][number]): Html {
  if (task.failedStep !== undefined) {
    const { name, exitCode } = task.failedStep;
    return html`<span class="quiet">step ${name} ended with exit code ${exitCode}</span>`;
  }
  if (task.phase === "succeeded" || task.message === undefined) return nothing;
  return html`<span class="quiet">${task.message}</span>`;
}

function keyValues(title: string, values: Readonly<Record<string, string>>): Html {
  const rows = Object.entries(values).map(([name, value]) => [
    html`<code>${name}</code>`,
    html`<code>${value}</code>`,
  ]);
  if (rows.length === 0) return nothing;
  return html`<h2>${title}</h2>
    ${table(["name", "value"], rows, "")}`;
}
