import { describeProblem, ok, type Result } from "../problem.ts";
import type { Repository } from "../store/repository-record.ts";
import { getRun } from "../store/runs.ts";
import { html, nothing, type Html } from "./html.ts";
import type { Page } from "./layout.ts";
import { runLink } from "./links.ts";
import type { Site } from "./site.ts";
import { isUnderWay } from "./status.ts";

const maximumLines = 2000;

/** `/runs/ID/logs/TASK/STEP`: the step's log, read from the cluster now; undefined where the run has no such step. */
export async function logPage(
  site: Site,
  repositories: readonly Repository[],
  step: { readonly run: string; readonly task: string; readonly step: string },
): Promise<Page | undefined> {
  const run = await getRun(site.store.db, step.run);
  const repository = repositories.find(({ id }) => id === run?.repositoryId);
  const task = run?.observed?.tasks.find(({ name }) => name === step.task);
  const container = task?.steps.find(({ name }) => name === step.step)?.container;
  if (run === undefined || repository === undefined || task?.podName === undefined)
    return undefined;
  if (container === undefined) return undefined;
  const clusters = run.kind === "trial" ? site.trialClusters : site.clusters;
  const cluster = clusters?.get(run.cluster);
  const log: Result<string> =
    cluster === undefined ? ok("") : await cluster.readLog(task.podName, container, maximumLines);
  return {
    title: `${step.task} / ${step.step}`,
    section: "streams",
    ...(isUnderWay(run.state) && { refreshSeconds: 3 }),
    body: html`<p class="kind">Log · ${runLink(site, repository, run.id, run.name)}</p>
      <h1>${step.task} / ${step.step}</h1>
      ${log.ok ? logText(site.redact(log.value)) : html`<p class="note">${describeProblem(log.problem)}</p>`}`,
  };
}

function logText(text: string): Html {
  if (text === "") {
    return html`<p class="empty">
      The cluster has no log of this step: it wrote nothing, has not started, or its pod is gone.
    </p>`;
  }
  const cut = text.split("\n").length > maximumLines;
  return html`${cut ? html`<p class="quiet">The last ${maximumLines} lines.</p>` : nothing}
    <pre class="log">${text}</pre>`;
}
