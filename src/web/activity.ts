import { listPromotions } from "../store/promotions.ts";
import { listReleases } from "../store/releases.ts";
import type { Repository } from "../store/repository-record.ts";
import { listRuns } from "../store/find-runs.ts";
import { html, type Html } from "./html.ts";
import { channelLink, releaseLink, runLink } from "./links.ts";
import { moment } from "./moments.ts";
import type { Site } from "./site.ts";
import { phaseBadge, promotionBadge, runBadge } from "./status.ts";
import { subjectInWords } from "./stream-parts.ts";

interface Happening {
  readonly at: string;
  readonly line: Html;
}

/** The newest runs, releases and promotions of a repository, one line each. */
export async function activity(site: Site, repository: Repository, limit: number): Promise<Html> {
  const { db } = site.store;
  const [runs, releases, promotions] = await Promise.all([
    listRuns(db, { repositoryId: repository.id }, limit),
    listReleases(db, repository.id, {}, limit),
    listPromotions(db, { repositoryId: repository.id }, limit),
  ]);
  const happenings: Happening[] = [
    ...runs.map((run) => ({
      at: run.finishedAt ?? run.requestedAt,
      line: html`${runBadge(run.state)} ${runLink(site, repository, run.id, run.kind)} of
      ${subjectInWords(site, repository, run)}`,
    })),
    ...releases.map((release) => ({
      at: release.acceptedAt ?? release.createdAt,
      line: html`${phaseBadge(release.phase)} release ${releaseLink(site, repository, release.name)}`,
    })),
    ...promotions.map((promotion) => ({
      at: promotion.updatedAt,
      line: html`${promotionBadge(promotion.state)} promotion of
        ${channelLink(site, repository, promotion.channel)} to
        <span class="name">${promotion.targetName}</span>`,
    })),
  ];
  const newest = happenings
    .toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at))
    .slice(0, limit);
  if (newest.length === 0) return html`<p class="empty">Nothing has happened yet.</p>`;
  return html`<ol class="activity">
    ${newest.map(({ at, line }) => html`<li><span>${line}</span> ${moment(at, site.at)}</li>`)}
  </ol>`;
}
