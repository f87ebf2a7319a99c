import { html } from "hono/html";
import type { Annotation, CheckRun, Repository } from "../types.ts";
import { fullName } from "../world.ts";
import type { Markup } from "./layout.ts";
import { checkSign } from "./parts.ts";
import { renderMarkdown } from "./render-markdown.ts";

/** The check runs of one commit, each to be unfolded and run again. */
export async function checksPanel(
  repository: Repository,
  title: string,
  runs: readonly CheckRun[],
  back: string,
  persona: Markup,
): Promise<Markup> {
  if (runs.length === 0) return html``;
  const rows = await Promise.all(runs.map((run) => checkRow(repository, run, back, persona)));
  return html`<div class="card checks">
    <div class="head"><strong>${title}</strong></div>
    ${rows}
  </div>`;
}

async function checkRow(
  repository: Repository,
  run: CheckRun,
  back: string,
  persona: Markup,
): Promise<Markup> {
  const [summary, text] = await Promise.all([
    renderMarkdown(run.summary ?? ""),
    renderMarkdown(run.text ?? ""),
  ]);
  const action = `/${fullName(repository)}/runs/${run.id}`;
  return html`<details class="check" id="check-${run.id}">
    <summary>
      ${checkSign(run)} <span>${run.name}<small>${run.title ?? ""}</small></span>
    </summary>
    <div class="prose">${summary}${text}</div>
    ${run.annotations.map((annotation) => annotationNote(annotation))}
    <form class="inline" method="post" action="${action}">
      <input type="hidden" name="back" value="${back}" />
      ${persona}
      <button class="small" name="action" value="">Re-run</button>
      ${run.actions.map(
        (each) =>
          html`<button
            class="small"
            name="action"
            value="${each.identifier}"
            title="${each.description}"
          >
            ${each.label}
          </button>`,
      )}
      <a href="${run.detailsUrl}">Details</a>
    </form>
  </details>`;
}

export function annotationNote(annotation: Annotation): Markup {
  const column = annotation.startColumn === undefined ? "" : `:${annotation.startColumn}`;
  return html`<div class="note ${annotation.level}">
    <span class="place">${annotation.path}:${annotation.startLine}${column}</span>
    ${annotation.title === undefined ? "" : html`<strong>${annotation.title}</strong>`}
    <p>${annotation.message}</p>
  </div>`;
}
