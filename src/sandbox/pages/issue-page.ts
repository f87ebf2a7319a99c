import { html } from "hono/html";
import type { Issue, Repository } from "../types.ts";
import { fullName, type World } from "../world.ts";
import { layout, type Markup } from "./layout.ts";
import { flash, personaSelect } from "./parts.ts";
import { commentTurn, turn } from "./turns.ts";

export interface IssueQuery {
  readonly as?: string | undefined;
  readonly error?: string | undefined;
}

/** An issue: its conversation, and what a visitor can do. */
export async function issuePage(
  world: World,
  repository: Repository,
  issue: Issue,
  query: IssueQuery,
): Promise<Markup> {
  const name = fullName(repository);
  const comments = [...repository.comments.values()].filter(
    (comment) => comment.issueNumber === issue.number,
  );
  const live = html`
    <p><a href="/${name}">${name}</a></p>
    <h1>${issue.title} <span class="number">#${issue.number}</span></h1>
    <p>
      <span class="badge ${issue.state}">${issue.state}</span> @${issue.user.login} opened this
      issue ${issue.labels.map((label) => html`<span class="tag">${label}</span> `)}
    </p>
    ${flash(query.error)} ${await turn(issue, issue.body ?? "_No description._", issue.createdAt)}
    ${await Promise.all(comments.map(commentTurn))}
  `;
  const url = `/${name}/issues/${issue.number.toString()}`;
  return layout({
    title: `${issue.title} #${issue.number.toString()}`,
    live,
    below: forms(world, issue, url, query.as ?? issue.user.login),
  });
}

function forms(world: World, issue: Issue, url: string, as: string): Markup {
  const isOpen = issue.state === "open";
  return html`<details class="card">
      <summary class="head"><strong>Edit the issue</strong></summary>
      <form class="body stack" method="post" action="${url}/edit">
        <label>Title <input name="title" required value="${issue.title}" /></label>
        <label
          >Text
          <textarea class="code" name="body">${issue.body ?? ""}</textarea>
        </label>
        <div class="inline">
          <span>as</span> ${personaSelect(world, as)} <button class="go">Update the issue</button>
        </div>
      </form>
    </details>
    <div class="card">
      <div class="head"><strong>Comment</strong></div>
      <form class="body stack" method="post" action="${url}/comment">
        <textarea name="body" required aria-label="Comment"></textarea>
        <div class="inline">
          <span>as</span> ${personaSelect(world, as)} <button class="go">Comment</button>
        </div>
      </form>
    </div>
    <form class="inline" method="post" action="${url}/state">
      <input type="hidden" name="state" value="${isOpen ? "closed" : "open"}" />
      <button>${isOpen ? "Close" : "Reopen"} the issue</button> <span>as</span>
      ${personaSelect(world, as)}
    </form>`;
}
