import { listPromotions } from "../store/promotions.ts";
import type { Promotion } from "../store/promotion-record.ts";
import type { Repository } from "../store/repository-record.ts";
import type { Channel } from "../streams/types.ts";
import { channelState } from "./channel-card.ts";
import { facts, table } from "./facts.ts";
import { html } from "./html.ts";
import type { Page } from "./layout.ts";
import { channelLink, commitLink, releaseLink, repositoryUrl, streamLink } from "./links.ts";
import { moment } from "./moments.ts";
import { approvedBy, askedBy } from "./promotion-facts.ts";
import { findInRepositories, type Site } from "./site.ts";
import { promotionBadge } from "./status.ts";

/** `/channels/NAME`: what it holds, its rules, and its ledger; undefined where no repository has it. */
export async function channelPage(
  site: Site,
  repositories: readonly Repository[],
  name: string,
): Promise<Page | undefined> {
  const place = await findInRepositories(repositories, async ({ id }) => {
    const snapshot = await site.snapshot(id);
    const sourced = snapshot?.channels.get(name);
    return snapshot && sourced && { snapshot, channel: sourced.value };
  });
  if (place === undefined) return undefined;
  const { repository, found } = place;
  const held = found.snapshot.channelReleases.get(name);
  const filter = { repositoryId: repository.id, channel: name };
  const promotions = await listPromotions(site.store.db, filter, 50);
  const underWay = promotions.some(({ state }) => ["requested", "open", "merged"].includes(state));
  const ledger = `${repositoryUrl(site, repository)}/commits/${encodeURIComponent(repository.defaultBranch)}/${held?.path ?? `streams/channels/${name}/release.yaml`}`;
  return {
    title: name,
    section: "channels",
    ...(underWay && { refreshSeconds: 5 }),
    body: html`<p class="kind">Channel</p>
      <h1>${name}</h1>
      <p class="lead">${found.channel.spec.title}</p>
      <p>${found.channel.spec.description ?? ""}</p>
      <section class="card">${await channelState(site, repository, name, held?.value)}</section>
      <h2>Its rules</h2>
      ${rules(site, repository, found.channel)}
      <h2>Promotions</h2>
      <p class="quiet">
        The record itself is <a href="${ledger}">the git log of release.yaml</a>. To promote, write
        <code>/promote latest to ${name}</code> in a comment on an issue or pull request.
      </p>
      ${table(
        ["state", "release", "from", "asked for by", "approved by", "merged as", "last change"],
        await Promise.all(promotions.map((promotion) => row(site, repository, promotion))),
        "Nothing was promoted yet.",
      )}`,
  };
}

async function row(site: Site, repository: Repository, promotion: Promotion) {
  const { mergeCommit } = promotion;
  return [
    promotionBadge(promotion.state),
    html`<span class="name">${promotion.targetName}</span
      ><br />${releaseLink(site, repository, promotion.release)}`,
    promotion.fromRelease ?? "(empty)",
    askedBy(site, repository, promotion),
    (await approvedBy(site, promotion)) ?? "nobody yet",
    mergeCommit === null ? "" : commitLink(site, repository, mergeCommit),
    moment(promotion.updatedAt, site.at),
  ];
}

function rules(site: Site, repository: Repository, { spec }: Channel) {
  const { approvals, soak, requires = [], freezes = [] } = spec.promotion;
  const sources = spec.sources.map((source) =>
    "stream" in source
      ? html`<li>stream ${streamLink(site, repository, source.stream)}</li>`
      : html`<li>channel ${channelLink(site, repository, source.channel)}</li>`,
  );
  const approvers = approvals.approvers ?? [];
  return facts([
    [
      "takes from",
      html`<ul class="inline">
        ${sources}
      </ul>`,
    ],
    ["names", `VERSION-${spec.naming.suffix}.N`],
    [
      "approvals",
      `${approvals.minimum} of ${approvers.length > 0 ? approvers.join(", ") : "the repository's approvers"}`,
    ],
    ["has to approve", (approvals.required ?? []).join(", ")],
    ["soak", soak ?? "none"],
    ["verifications", requires.join(", ")],
    ["frozen", freezes.map(({ from, to, reason }) => `${from} to ${to}: ${reason}`).join("; ")],
  ]);
}
