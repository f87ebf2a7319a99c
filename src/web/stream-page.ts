import { listReleases } from "../store/releases.ts";
import type { Repository } from "../store/repository-record.ts";
import { listRuns } from "../store/find-runs.ts";
import type { PipelineRef, Stream } from "../streams/types.ts";
import { facts, table } from "./facts.ts";
import { html, nothing } from "./html.ts";
import type { Page } from "./layout.ts";
import {
  channelLink,
  commitLink,
  personLink,
  releaseLink,
  repositoryUrl,
  runLink,
} from "./links.ts";
import { moment, span } from "./moments.ts";
import { nextScheduled } from "./next-scheduled.ts";
import { findInRepositories, type Site } from "./site.ts";
import { isUnderWay, phaseBadge, runBadge } from "./status.ts";
import { buildSquares, causeInWords } from "./stream-parts.ts";
import { lifecycleBadge } from "./streams-page.ts";

/** `/streams/NAME`; undefined where no repository has the stream. */
export async function streamPage(
  site: Site,
  repositories: readonly Repository[],
  name: string,
): Promise<Page | undefined> {
  const place = await findInRepositories(repositories, async ({ id }) => {
    const snapshot = await site.snapshot(id);
    const sourced = snapshot?.streams.get(name);
    return snapshot && sourced && { snapshot, sourced };
  });
  if (place === undefined) return undefined;
  const { repository, found } = place;
  const stream = found.sourced.value;
  const { db } = site.store;
  const [runs, releases] = await Promise.all([
    listRuns(db, { repositoryId: repository.id, stream: name, kind: "build" }, 30),
    listReleases(db, repository.id, { stream: name }, 15),
  ]);
  const feeds = [...found.snapshot.channels.values()]
    .filter(({ value }) =>
      value.spec.sources.some((source) => "stream" in source && source.stream === name),
    )
    .map(({ value }) => html`${channelLink(site, repository, value.metadata.name)} `);
  const due = nextScheduled(stream, site.at);
  const file = `${repositoryUrl(site, repository)}/blob/${encodeURIComponent(repository.defaultBranch)}/${found.sourced.path}`;
  return {
    title: name,
    section: "streams",
    ...(runs.some(({ state }) => isUnderWay(state)) && { refreshSeconds: 5 }),
    body: html`<p class="kind">Stream</p>
      <h1>${name} ${lifecycleBadge(stream)}</h1>
      <p class="lead">${stream.spec.title}</p>
      <p>${stream.spec.description ?? ""}</p>
      ${facts([
        ["version", stream.spec.version],
        ["system", `${stream.spec.operatingSystem}, ${stream.spec.architectures.join(", ")}`],
        ["cluster", stream.spec.build.cluster],
        ["pipeline", html`<code>${pipelineInWords(stream.spec.build.pipelineRef)}</code>`],
        ["built", triggersInWords(stream)],
        ["next build", due === undefined ? undefined : moment(due, site.at)],
        ["feeds", feeds.length === 0 ? undefined : html`${feeds}`],
        ["maintainers", maintainers(site, stream)],
        ["file", html`<a href="${file}">${found.sourced.path}</a>`],
      ])}
      <h2>Builds</h2>
      <p>${buildSquares(site, repository, runs)}</p>
      ${table(
        ["state", "why", "commit", "asked for", "took"],
        runs
          .slice(0, 12)
          .map((run) => [
            html`${runBadge(run.state)} ${runLink(site, repository, run.id, "run")}`,
            causeInWords(site, repository, run),
            commitLink(site, repository, run.commit),
            moment(run.requestedAt, site.at),
            span(run.startedAt, run.finishedAt) ?? "",
          ]),
        "It was never built. A merge that changes its inputs builds it, or a maintainer's comment `/build`.",
      )}
      <h2>Releases</h2>
      ${table(
        ["phase", "name", "built"],
        releases.map((release) => [
          phaseBadge(release.phase),
          releaseLink(site, repository, release.name),
          moment(release.createdAt, site.at),
        ]),
        "No release yet: every build that succeeds gives one.",
      )}`,
  };
}

function pipelineInWords(ref: PipelineRef): string {
  if ("path" in ref) return ref.path;
  if ("name" in ref) return `${ref.name} (on the cluster)`;
  return `${ref.git.url} ${ref.git.path} @ ${ref.git.revision.slice(0, 10)}`;
}

function triggersInWords({ spec }: Stream): string {
  const { merge = true, schedule, afterStreams = [] } = spec.triggers ?? {};
  const parts = [
    merge ? "when a merge changes its inputs" : undefined,
    schedule && `by schedule ${schedule.cron} (${schedule.timeZone ?? "UTC"})`,
    afterStreams.length > 0 ? `after ${afterStreams.join(", ")}` : undefined,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? "on request only" : parts.join("; ");
}

function maintainers(site: Site, stream: Stream) {
  const names = stream.spec.maintainers ?? [];
  if (names.length === 0) return undefined;
  return html`${names.map((name, index) => html`${index > 0 ? ", " : nothing}${name.startsWith("@") ? name : personLink(site, name)}`)}`;
}
