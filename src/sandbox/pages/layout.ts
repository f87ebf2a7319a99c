import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

/** A whole page; `live` is looked at again every two seconds, `below` stays as it is. */
export function layout(page: {
  readonly title: string;
  readonly live: Markup;
  readonly below?: Markup;
}): Markup {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${page.title} · Sandbox GitHub</title>
        <link rel="stylesheet" href="/-/style.css" />
        <script src="/-/live.js" defer></script>
      </head>
      <body>
        <header class="top">
          <a href="/">Sandbox GitHub</a><span>a stand-in on this machine</span>
        </header>
        <main id="live">${page.live}</main>
        ${page.below === undefined ? "" : html`<div class="below">${page.below}</div>`}
      </body>
    </html>`;
}
