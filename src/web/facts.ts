import { html, type Html } from "./html.ts";

/** A list of names and values; a fact without a value is left out. */
export function facts(list: readonly (readonly [string, Html | string | undefined])[]): Html {
  const known = list.filter(([, value]) => value !== undefined && value !== "");
  return html`<dl class="facts">
    ${known.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

/** A table that a narrow screen scrolls sideways; `none` stands where there are no rows. */
export function table(
  head: readonly string[],
  rows: readonly (readonly unknown[])[],
  none: string,
): Html {
  if (rows.length === 0) return html`<p class="empty">${none}</p>`;
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          ${head.map((cell) => html`<th>${cell}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (cells) =>
            html`<tr>
              ${cells.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
