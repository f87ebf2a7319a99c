import { html } from "hono/html";
import { latestCheckRuns } from "../actions/merge-blockers.ts";
import { readTree } from "../git/objects.ts";
import { fullName } from "../world.ts";
import type { PullRequest, Repository } from "../types.ts";
import { layout, type Markup } from "./layout.ts";
import { checkSign, when } from "./parts.ts";

/** A repository: its pull requests with their checks, and its files. */
export async function repositoryPage(repository: Repository): Promise<Markup> {
  const entries = await readTree(repository.directory, repository.defaultBranch, true);
  const files = (entries ?? []).filter((entry) => entry.type === "blob");
  const pulls = [...repository.pulls.values()].reverse();
  const name = fullName(repository);
  const live = html`
    <h1>${name}</h1>
    <p class="lead">${repository.description}</p>
    <p>
      <a href="/${name}/new"><button class="go" type="button">Open a pull request</button></a>
      <a href="/${name}/issues/new"><button type="button">Open an issue</button></a>
    </p>
    ${issueList(repository)}
    ${pullList(
      "Open pull requests",
      repository,
      pulls.filter((pull) => pull.state === "open"),
    )}
    ${pullList(
      "Closed pull requests",
      repository,
      pulls.filter((pull) => pull.state === "closed"),
    )}
    <h2>Files on ${repository.defaultBranch}</h2>
    <div class="card">
      <ul class="rows">
        ${files.map(
          (file) =>
            html`<li>
              <a href="/${name}/blob/${repository.defaultBranch}/${file.path}"
                ><code>${file.path}</code></a
              >
              <span class="end"
                >${file.size ?? 0} bytes ·
                <a href="/${name}/new?path=${encodeURIComponent(file.path)}">edit</a></span
              >
            </li>`,
        )}
      </ul>
    </div>
  `;
  return layout({ title: name, live });
}

function pullList(title: string, repository: Repository, pulls: readonly PullRequest[]): Markup {
  return html`<h2>${title}</h2>
    <div class="card">
      <ul class="rows">
        ${pulls.length === 0 ? html`<li>None.</li>` : ""}
        ${pulls.map((pull) => pullRow(repository, pull))}
      </ul>
    </div>`;
}

function issueList(repository: Repository): Markup {
  const issues = [...repository.issues.values()].reverse();
  if (issues.length === 0) return html``;
  return html`<h2>Issues</h2>
    <div class="card">
      <ul class="rows">
        ${issues.map(
          (issue) =>
            html`<li>
              <span class="badge ${issue.state}">${issue.state}</span>
              <a href="/${fullName(repository)}/issues/${issue.number}"
                ><strong>${issue.title}</strong></a
              >
              <span>#${issue.number} by @${issue.user.login}</span>
              <span class="end">${when(issue.updatedAt)}</span>
            </li>`,
        )}
      </ul>
    </div>`;
}

function pullRow(repository: Repository, pull: PullRequest): Markup {
  const state = pull.mergedAt === null ? pull.state : "merged";
  return html`<li>
    <span class="badge ${state}">${state}</span>
    <a href="/${fullName(repository)}/pull/${pull.number}"><strong>${pull.title}</strong></a>
    <span>#${pull.number} by @${pull.user.login}</span>
    ${latestCheckRuns(repository, pull.head.sha).map(checkSign)}
    <span class="end">${when(pull.updatedAt)}</span>
  </li>`;
}
