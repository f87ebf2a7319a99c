import { listPromotions } from "../store/promotions.ts";
import { getRelease } from "../store/releases.ts";
import type { Release } from "../store/release-record.ts";
import type { Repository } from "../store/repository-record.ts";
import { listRuns } from "../store/find-runs.ts";
import { getRun } from "../store/runs.ts";
import type { Run } from "../store/run-record.ts";
import type { StreamsRepository } from "../streams/repository.ts";
import { facts, table } from "./facts.ts";
import { html } from "./html.ts";
import type { Page } from "./layout.ts";
import { channelLink, commitLink, personLink, pullLink, runLink, streamLink } from "./links.ts";
import { moment, span } from "./moments.ts";
import { findInRepositories, type Site } from "./site.ts";
import { badge, phaseBadge, promotionBadge, runBadge } from "./status.ts";

/** `/releases/NAME`: what it is, how to get it, and what was found out about it; undefined where there is none. */
export async function releasePage(
  site: Site,
  repositories: readonly Repository[],
  name: string,
): Promise<Page | undefined> {
  const { db } = site.store;
  const place = await findInRepositories(repositories, ({ id }) => getRelease(db, id, name));
  if (place === undefined) return undefined;
  const { repository, found: release } = place;
  const [run, verifications, promotions, snapshot] = await Promise.all([
    getRun(db, release.runId),
    listRuns(db, { repositoryId: repository.id, subject: name, kind: "verify" }, 50),
    listPromotions(db, { repositoryId: repository.id, release: name }, 50),
    site.snapshot(repository.id),
  ]);
  const underWay = release.phase === "Pending" || release.phase === "Ready";
  return {
    title: name,
    section: "streams",
    ...(underWay && { refreshSeconds: 5 }),
    body: html`<p class="kind">Release</p>
      <h1 class="name">${name} ${phaseBadge(release.phase)}</h1>
      <p class="lead">${reasonInWords(site, release)}</p>
      ${facts([
        ["stream", streamLink(site, repository, release.stream)],
        ["built", moment(release.createdAt, site.at)],
        ["accepted", release.acceptedAt === null ? undefined : moment(release.acceptedAt, site.at)],
        ["built by", runLink(site, repository, release.runId, run?.name ?? "its run")],
        ["took", span(run?.startedAt, run?.finishedAt)],
        ["commit", commitLink(site, repository, release.commit)],
        ["image", html`<code>${release.pullSpec}</code>`],
        [
          "digest",
          html`<code>${release.digest}</code>${
              release.byTag ? " by tag: what the tag named after the build" : ""
            }`,
        ],
        ["in channels", holders(site, repository, snapshot, name)],
      ])}
      <h2>How to pull it</h2>
      ${howToPull(release)}
      <h2>Verifications</h2>
      ${table(
        ["state", "run", "when", "took"],
        verifications.map((verification) => verificationRow(site, repository, verification)),
        "The stream has no verifications.",
      )}
      <h2>Promotions</h2>
      ${table(
        ["state", "channel", "as", "asked for by", "pull request"],
        promotions.map((promotion) => [
          promotionBadge(promotion.state),
          channelLink(site, repository, promotion.channel),
          html`<span class="name">${promotion.targetName}</span>`,
          personLink(site, promotion.requester),
          promotion.pullNumber === null ? "" : pullLink(site, repository, promotion.pullNumber),
        ]),
        "It was not promoted yet.",
      )}`,
  };
}

function reasonInWords(site: Site, release: Release) {
  const reason = release.phaseReason ?? "";
  if (release.phaseBy === null) return html`${reason}`;
  return html`${release.phase} by ${personLink(site, release.phaseBy)}: ${reason}`;
}

/** An image under `localhost/` stands in a volume of the cluster that built it; nobody else can reach it. */
function howToPull(release: Release) {
  if (release.pullSpec.startsWith("localhost/"))
    return html`<p>
      It stands in the volume of the cluster that built it, as an OCI image layout:
      <code>${release.pullSpec.split("@")[0]}</code> in the claim's directory.
    </p>`;
  return html`<pre><code>podman pull ${pinned(release)}</code></pre>`;
}

function pinned({ pullSpec, digest }: Release): string {
  return pullSpec.includes("@") ? pullSpec : `${pullSpec.replace(/:[^:/]+$/, "")}@${digest}`;
}

function verificationRow(site: Site, repository: Repository, run: Run) {
  return [
    runBadge(run.state),
    runLink(site, repository, run.id, run.name),
    moment(run.requestedAt, site.at),
    span(run.startedAt, run.finishedAt) ?? "",
  ];
}

function holders(
  site: Site,
  repository: Repository,
  snapshot: StreamsRepository | undefined,
  name: string,
) {
  const held = [...(snapshot?.channelReleases ?? [])].filter(
    ([, { value }]) => value.spec.release === name,
  );
  if (held.length === 0) return undefined;
  return html`${held.map(
    ([channel, { value }]) =>
      html`${channelLink(site, repository, channel)} ${badge("good", value.spec.name)} `,
  )}`;
}
