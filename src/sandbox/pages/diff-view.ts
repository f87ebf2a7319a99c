import { html } from "hono/html";
import type { FileChange } from "../git/history.ts";
import { parsePatch, type DiffLine } from "../git/parse-patch.ts";
import type { Annotation } from "../types.ts";
import { annotationNote } from "./checks-panel.ts";
import type { Markup } from "./layout.ts";

/** The changed files with their annotations under the lines they speak of. */
export function diffView(files: readonly FileChange[], annotations: readonly Annotation[]): Markup {
  return html`${files.map((file) => {
    const own = annotations.filter((annotation) => annotation.path === file.path);
    return html`<div class="card">
      <div class="head">
        <code>${file.path}</code> <span class="tag">${file.status}</span>
        <span>+${file.additions} −${file.deletions}</span>
      </div>
      <table class="diff">
        ${parsePatch(file.patch ?? "").map((line) => diffRow(line, own))}
      </table>
    </div>`;
  })}`;
}

function diffRow(line: DiffLine, annotations: readonly Annotation[]): Markup {
  const notes = annotations.filter((annotation) => annotation.endLine === line.newLine);
  return html`<tr class="${line.kind}">
      <td class="line">${line.oldLine ?? ""}</td>
      <td class="line">${line.newLine ?? ""}</td>
      <td>${line.text}</td>
    </tr>
    ${
      notes.length === 0
        ? ""
        : html`<tr class="notes">
            <td colspan="3">${notes.map(annotationNote)}</td>
          </tr>`
    }`;
}
