import { html } from "hono/html";
import type { FormElement, IssueForm } from "../forms/issue-form.ts";
import { readIssueForms } from "../forms/read-issue-forms.ts";
import type { Repository } from "../types.ts";
import { fullName, type World } from "../world.ts";
import { layout, type Markup } from "./layout.ts";
import { flash, personaSelect } from "./parts.ts";
import { renderMarkdown } from "./render-markdown.ts";

export interface NewIssueQuery {
  /** The name of a form's file. */
  readonly template?: string | undefined;
  readonly as?: string | undefined;
  readonly error?: string | undefined;
}

/** The issue forms of a repository, or one of them to fill in. */
export async function newIssuePage(
  world: World,
  repository: Repository,
  query: NewIssueQuery,
): Promise<Markup> {
  const name = fullName(repository);
  const forms = await readIssueForms(repository);
  const template = query.template ?? "";
  const form = forms.get(template);
  const below = html`
    <p><a href="/${name}">${name}</a></p>
    <h1>${form?.name ?? "Open an issue"}</h1>
    ${flash(query.error)}
    ${
      form === undefined
        ? chooser(name, forms)
        : html`<p class="lead">${form.description}</p>
            <form class="stack" method="post" action="/${name}/issues/new">
              <input type="hidden" name="template" value="${template}" />
              <label>As ${personaSelect(world, query.as)}</label>
              <label>Title <input name="title" required value="${form.title}" /></label>
              ${await Promise.all(form.body.map(element))}
              <div><button class="go">Open the issue</button></div>
            </form>`
    }
  `;
  return layout({ title: form?.name ?? "Open an issue", live: html``, below });
}

function chooser(name: string, forms: ReadonlyMap<string, IssueForm>): Markup {
  return html`<div class="card">
    <ul class="rows">
      ${forms.size === 0 ? html`<li>This repository has no issue forms.</li>` : ""}
      ${[...forms].map(
        ([file, form]) =>
          html`<li>
            <a href="/${name}/issues/new?template=${encodeURIComponent(file)}"
              ><strong>${form.name}</strong></a
            >
            <span>${form.description}</span>
          </li>`,
      )}
    </ul>
  </div>`;
}

async function element(field: FormElement): Promise<Markup> {
  if (field.type === "markdown")
    return html`<div class="prose">${await renderMarkdown(field.attributes.value)}</div>`;
  const { label, description } = field.attributes;
  const mark = field.validations.required ? html` <span title="required">*</span>` : "";
  return html`<label
    ><strong>${label}${mark}</strong>${description === "" ? "" : html`<span>${description}</span>`}
    ${control(field)}</label
  >`;
}

function control(field: Exclude<FormElement, { type: "markdown" }>): Markup {
  const name = `field-${field.id}`;
  const required = field.validations.required ? "required" : "";
  switch (field.type) {
    case "input":
      return html`<input
        name="${name}"
        placeholder="${field.attributes.placeholder}"
        ${required}
      />`;
    case "textarea":
      return html`<textarea
        name="${name}"
        placeholder="${field.attributes.placeholder}"
        ${required}
      ></textarea>`;
    case "dropdown":
      return html`<select name="${name}" ${required}>
        <option value="">${field.validations.required ? "Choose one" : "None"}</option>
        ${field.attributes.options.map((option) => html`<option>${option}</option>`)}
      </select>`;
  }
}
