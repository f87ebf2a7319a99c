import type { Repository } from "../store/repository-record.ts";
import { html, nothing, type Html } from "./html.ts";
import { repositoryUrl } from "./links.ts";
import type { Site } from "./site.ts";

export interface Page {
  readonly title: string;
  readonly section?: "channels" | "streams";
  readonly body: Html;
  /** Something is under way: the page loads itself again after so many seconds. */
  readonly refreshSeconds?: number;
}

/** A whole document around a page's body. */
export function layout(site: Site, page: Page): Html {
  const base = new URL(site.publicUrl).pathname.replace(/\/$/, "");
  const current = (section: Page["section"]) =>
    page.section === section ? html` aria-current="page"` : nothing;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        ${
          page.refreshSeconds === undefined
            ? nothing
            : html`<meta http-equiv="refresh" content="${page.refreshSeconds}" />`
        }
        <title>${page.title} · OKD streams</title>
        <link rel="stylesheet" href="${base}/assets/style.css" />
      </head>
      <body>
        <header class="top">
          <a class="brand" href="${base}/">OKD <b>streams</b></a>
          <nav>
            <a href="${base}/" ${current("channels")}>Channels</a>
            <a href="${base}/streams" ${current("streams")}>Streams</a>
          </nav>
        </header>
        <main>${page.body}</main>
        <footer>
          ${site.repositories.map(
            (repository) =>
              html`<a href="${repositoryUrl(site, repository)}"
                >${repository.owner}/${repository.name}</a
              > `,
          )}
          <span>okd-streams ${site.version}</span>
        </footer>
      </body>
    </html>`;
}

/** A part of a page for each repository, under its name where there are several. */
export async function eachRepository(
  site: Site,
  repositories: readonly Repository[],
  render: (repository: Repository) => Promise<Html>,
): Promise<Html> {
  const parts = await Promise.all(
    repositories.map(async (repository) => {
      const heading = html`<h2 class="repository">${repository.owner}/${repository.name}</h2>`;
      return html`${site.repositories.length > 1 ? heading : nothing}${await render(repository)}`;
    }),
  );
  if (parts.length > 0) return html`${parts}`;
  return html`<p class="empty">
    No repository yet. Install the GitHub App on a streams repository, and its channels and streams
    appear here.
  </p>`;
}
