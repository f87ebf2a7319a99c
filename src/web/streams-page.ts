import { listReleases } from "../store/releases.ts";
import type { Repository } from "../store/repository-record.ts";
import { listRuns } from "../store/find-runs.ts";
import type { Stream } from "../streams/types.ts";
import { facts } from "./facts.ts";
import { html, nothing, type Html } from "./html.ts";
import { eachRepository, type Page } from "./layout.ts";
import { releaseLink, streamLink } from "./links.ts";
import { moment } from "./moments.ts";
import { nextScheduled } from "./next-scheduled.ts";
import type { Site } from "./site.ts";
import { badge, phaseBadge } from "./status.ts";
import { buildSquares } from "./stream-parts.ts";

/** `/streams`: every stream with its last builds, its next one, and its newest release. */
export async function streamsPage(site: Site, repositories: readonly Repository[]): Promise<Page> {
  const body = await eachRepository(site, repositories, (repository) => streams(site, repository));
  return {
    title: "Streams",
    section: "streams",
    refreshSeconds: 15,
    body: html`<h1>Streams</h1>
      <p class="lead">
        Each stream is one file in <code>streams/</code>. A pull request changes it, a merge builds
        it, and what a build gives is a release.
      </p>
      ${body}`,
  };
}

async function streams(site: Site, repository: Repository): Promise<Html> {
  const snapshot = await site.snapshot(repository.id);
  const all = [...(snapshot?.streams.values() ?? [])]
    .map(({ value }) => value)
    .toSorted((one, other) => one.metadata.name.localeCompare(other.metadata.name));
  if (all.length === 0) {
    return html`<p class="empty">
      ${snapshot === undefined ? "The repository was not read yet; look again in a moment." : "There is no stream yet."}
    </p>`;
  }
  return html`<div class="cards">
    ${await Promise.all(all.map((stream) => streamCard(site, repository, stream)))}
  </div>`;
}

async function streamCard(site: Site, repository: Repository, stream: Stream): Promise<Html> {
  const { name } = stream.metadata;
  const { db } = site.store;
  const [runs, releases] = await Promise.all([
    listRuns(db, { repositoryId: repository.id, stream: name, kind: "build" }, 16),
    listReleases(db, repository.id, { stream: name }, 1),
  ]);
  const due = nextScheduled(stream, site.at);
  const release = releases[0];
  return html`<section class="card">
    <header>
      <h3>${streamLink(site, repository, name)} ${lifecycleBadge(stream)}</h3>
      <p>${stream.spec.title}</p>
    </header>
    <p class="quiet clamp">${stream.spec.description ?? ""}</p>
    ${facts([
      ["builds", buildSquares(site, repository, runs)],
      ["last build", runs[0] && moment(runs[0].requestedAt, site.at)],
      ["next build", due === undefined ? undefined : moment(due, site.at)],
      [
        "release",
        release &&
          html`${phaseBadge(release.phase)} ${releaseLink(site, repository, release.name)}`,
      ],
    ])}
  </section>`;
}

/** Marks what is not simply active. */
export function lifecycleBadge(stream: Stream): Html {
  const experimental = stream.metadata.labels?.["streams.okd.io/experimental"] === "true";
  const state = stream.spec.lifecycle?.state ?? "active";
  return html`${experimental ? badge("warn", "experimental") : nothing}
  ${state === "active" ? nothing : badge("idle", state)}`;
}
