import { html } from "hono/html";
import { fullName, type World } from "../world.ts";
import { layout, type Markup } from "./layout.ts";

/** The first page: what this is, what runs beside it, which repositories there are. */
export function homePage(world: World): Markup {
  const links = world.options.links ?? [];
  const repositories = [...world.repositories.values()];
  const live = html`
    <h1>A stand-in for GitHub, on this machine only</h1>
    <p class="lead">
      It speaks GitHub's REST interface, webhooks and git over HTTP on loopback, so that the bot
      runs here exactly as it does against the real one. Open a pull request, comment or merge as
      any of the people below: the bot answers.
    </p>
    ${
      links.length === 0
        ? ""
        : html`<h2>Beside it</h2>
            <div class="card">
              <ul class="rows">
                ${links.map((link) => html`<li><a href="${link.href}">${link.title}</a></li>`)}
              </ul>
            </div>`
    }
    <h2>Repositories</h2>
    <div class="card">
      <ul class="rows">
        ${repositories.map((repository) => {
          const open = [...repository.pulls.values()].filter((pull) => pull.state === "open");
          return html`<li>
            <a href="/${fullName(repository)}"><strong>${fullName(repository)}</strong></a>
            ${
              repository.parent === undefined
                ? ""
                : html`<span class="tag">fork of ${fullName(repository.parent)}</span>`
            }
            <span>${repository.description}</span>
            <span class="end">${open.length} open pull requests</span>
          </li>`;
        })}
      </ul>
    </div>
    <h2>People</h2>
    <div class="card">
      <ul class="rows">
        ${[...world.tokens.values()].map(
          (person) => html`<li><strong>${person.name}</strong> @${person.login}</li>`,
        )}
      </ul>
    </div>
  `;
  return layout({ title: "Home", live });
}
