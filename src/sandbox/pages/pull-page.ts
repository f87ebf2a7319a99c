import { html } from "hono/html";
import { latestCheckRuns, mergeBlockers } from "../actions/merge-blockers.ts";
import { pullStart } from "../actions/pull-facts.ts";
import { changedFiles } from "../git/history.ts";
import { fullName, type World } from "../world.ts";
import type { PullRequest, Repository } from "../types.ts";
import { checksPanel } from "./checks-panel.ts";
import { diffView } from "./diff-view.ts";
import { layout, type Markup } from "./layout.ts";
import { flash, personaSelect } from "./parts.ts";
import { timeline } from "./timeline.ts";

export interface PullQuery {
  readonly tab?: string | undefined;
  readonly as?: string | undefined;
  readonly error?: string | undefined;
}

/** A pull request: conversation or changed files, its checks, and what a visitor can do. */
export async function pullPage(
  world: World,
  repository: Repository,
  pull: PullRequest,
  query: PullQuery,
): Promise<Markup> {
  const url = `/${fullName(repository)}/pull/${pull.number}`;
  const showsFiles = query.tab === "files";
  const state = pull.mergedAt === null ? pull.state : "merged";
  const live = html`
    <p><a href="/${fullName(repository)}">${fullName(repository)}</a></p>
    <h1>${pull.title} <span class="number">#${pull.number}</span></h1>
    <p>
      <span class="badge ${state}">${state}</span> @${pull.user.login} wants
      <code>${pull.head.repository.owner.login}:${pull.head.ref}</code> in
      <code>${pull.base.ref}</code> · head <code>${pull.head.sha.slice(0, 10)}</code>
    </p>
    ${flash(query.error)}
    <nav class="tabs">
      <a class="${showsFiles ? "" : "on"}" href="${url}">Conversation</a>
      <a class="${showsFiles ? "on" : ""}" href="${url}?tab=files">Files changed</a>
    </nav>
    ${
      showsFiles
        ? await filesTab(repository, pull)
        : html`<div class="columns">
            <div>${await timeline(repository, pull, personaSelect(world, query.as))}</div>
            <aside>${await sidePanel(world, repository, pull, url, query.as)}</aside>
          </div>`
    }
  `;
  const below = showsFiles ? html`` : commentForm(world, url, query.as);
  return layout({ title: `${pull.title} #${pull.number}`, live, below });
}

async function filesTab(repository: Repository, pull: PullRequest): Promise<Markup> {
  const start = await pullStart(repository, pull);
  const files = await changedFiles(repository.directory, start, pull.head.sha);
  const annotations = latestCheckRuns(repository, pull.head.sha).flatMap((run) => run.annotations);
  return diffView(files, annotations);
}

async function sidePanel(
  world: World,
  repository: Repository,
  pull: PullRequest,
  url: string,
  as: string | undefined,
): Promise<Markup> {
  const headRuns = latestCheckRuns(repository, pull.head.sha);
  const merged = pull.mergedAt === null ? null : pull.mergeCommitSha;
  const mergeRuns =
    merged === null || merged === pull.head.sha ? [] : latestCheckRuns(repository, merged);
  const persona = personaSelect(world, as);
  return html`
    ${await checksPanel(repository, "Checks of the head", headRuns, url, persona)}
    ${await checksPanel(repository, "Checks of the merge commit", mergeRuns, url, persona)}
    ${pull.state === "open" ? mergeBox(world, repository, pull, url, as) : ""}
  `;
}

function mergeBox(
  world: World,
  repository: Repository,
  pull: PullRequest,
  url: string,
  as: string | undefined,
): Markup {
  const blockers = mergeBlockers(repository, pull);
  const conflict = pull.mergeable === false;
  const state =
    pull.mergeable === null
      ? "Looking whether this can be merged…"
      : conflict
        ? "This branch has conflicts with its base."
        : "No conflicts with the base branch.";
  return html`<div class="card">
    <div class="head"><strong>Merge</strong></div>
    <div class="body">
      <p>${state}</p>
      ${blockers.map((blocker) => html`<p class="note warning">${blocker}</p>`)}
      <form class="stack" method="post" action="${url}/merge">
        <label>As ${personaSelect(world, as)}</label>
        <input type="hidden" name="sha" value="${pull.head.sha}" />
        <button class="go" ${conflict ? "disabled" : ""}>Merge pull request</button>
      </form>
    </div>
  </div>`;
}

function commentForm(world: World, url: string, as: string | undefined): Markup {
  return html`<div class="card">
    <div class="head">
      <strong>Comment</strong> such as <code>/help</code> or <code>/status</code>
    </div>
    <form class="body stack" method="post" action="${url}/comment">
      <textarea name="body" required aria-label="Comment"></textarea>
      <div class="inline">
        <span>as</span> ${personaSelect(world, as)} <button class="go">Comment</button>
      </div>
    </form>
  </div>`;
}
