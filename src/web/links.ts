import type { Repository } from "../store/repository-record.ts";
import { html, type Html } from "./html.ts";
import type { Site } from "./site.ts";

/** The address of a page; where there are several repositories it says which one is meant. */
export function pagePath(site: Site, repository: Repository, ...parts: readonly string[]): string {
  const base = new URL(site.publicUrl).pathname.replace(/\/$/, "");
  const path = `${base}/${parts.map(encodeURIComponent).join("/")}`;
  if (site.repositories.length < 2) return path;
  return `${path}?repository=${encodeURIComponent(`${repository.owner}/${repository.name}`)}`;
}

export function streamLink(site: Site, repository: Repository, name: string): Html {
  return html`<a href="${pagePath(site, repository, "streams", name)}">${name}</a>`;
}

export function channelLink(site: Site, repository: Repository, name: string): Html {
  return html`<a href="${pagePath(site, repository, "channels", name)}">${name}</a>`;
}

export function releaseLink(site: Site, repository: Repository, name: string): Html {
  return html`<a class="name" href="${pagePath(site, repository, "releases", name)}">${name}</a>`;
}

export function runLink(site: Site, repository: Repository, id: string, text: string): Html {
  return html`<a href="${pagePath(site, repository, "runs", id)}">${text}</a>`;
}

export function repositoryUrl(site: Site, { owner, name }: Repository): string {
  return `${site.gitHubUrl}/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`;
}

export function pullLink(site: Site, repository: Repository, number: number): Html {
  return html`<a href="${repositoryUrl(site, repository)}/pull/${number}">#${number}</a>`;
}

export function commitLink(site: Site, repository: Repository, commit: string): Html {
  const href = `${repositoryUrl(site, repository)}/commit/${encodeURIComponent(commit)}`;
  return html`<a class="code" href="${href}">${commit.slice(0, 10)}</a>`;
}

export function personLink(site: Site, login: string): Html {
  return html`<a href="${site.gitHubUrl}/${encodeURIComponent(login)}">${login}</a>`;
}
