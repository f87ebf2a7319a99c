import { html } from "hono/html";
import { fullName } from "../world.ts";
import type { Repository } from "../types.ts";
import { layout, type Markup } from "./layout.ts";

/** One file at one revision, with numbered lines. */
export function filePage(
  repository: Repository,
  revision: string,
  path: string,
  content: Buffer,
): Markup {
  const name = fullName(repository);
  const binary = content.includes(0);
  const lines = content.toString("utf8").replace(/\n$/, "").split("\n");
  const live = html`
    <p><a href="/${name}">${name}</a> at <code>${revision}</code></p>
    <h1><code>${path}</code></h1>
    <p><a href="/${name}/new?path=${encodeURIComponent(path)}">Edit in a new pull request</a></p>
    <div class="card">
      ${
        binary
          ? html`<div class="body">A binary file of ${content.length} bytes.</div>`
          : html`<table class="diff">
              ${lines.map(
                (line, index) =>
                  html`<tr id="L${index + 1}">
                    <td class="line">${index + 1}</td>
                    <td>${line}</td>
                  </tr>`,
              )}
            </table>`
      }
    </div>
  `;
  return layout({ title: path, live });
}
