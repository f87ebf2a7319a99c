import type { Promotion } from "../store/promotion-record.ts";
import { listPromotions } from "../store/promotions.ts";
import type { Repository } from "../store/repository-record.ts";
import type { Channel, ChannelRelease } from "../streams/types.ts";
import { facts } from "./facts.ts";
import { html, nothing, type Html } from "./html.ts";
import { channelLink, pullLink, releaseLink, streamLink } from "./links.ts";
import { moment } from "./moments.ts";
import { approvedBy, askedBy } from "./promotion-facts.ts";
import type { Site } from "./site.ts";
import { badge, promotionBadge } from "./status.ts";
import { gateList } from "./gate-list.ts";

/** A channel among others: its name, what it holds and what waits. */
export async function channelCard(
  site: Site,
  repository: Repository,
  channel: Channel,
  held: ChannelRelease | undefined,
): Promise<Html> {
  const { name } = channel.metadata;
  return html`<section class="card">
    <header>
      <h3>${channelLink(site, repository, name)}</h3>
      <p>${channel.spec.title}</p>
    </header>
    ${await channelState(site, repository, name, held)}
  </section>`;
}

/** What a channel holds, since when, on whose word, and what waits to replace it. */
export async function channelState(
  site: Site,
  repository: Repository,
  channel: string,
  held: ChannelRelease | undefined,
): Promise<Html> {
  const newest = await listPromotions(site.store.db, { repositoryId: repository.id, channel }, 50);
  const current = newest.find((promotion) => isHeld(promotion, held));
  const waiting = newest.filter(({ state }) => state === "open" || state === "requested");
  return html`${
    held === undefined
      ? html`<p class="held empty">Holds no release yet.</p>`
      : html`<p class="held"><span class="name">${held.spec.name}</span></p>
          ${await heldFacts(site, repository, held, current)}`
  }
  ${await Promise.all(waiting.map((promotion) => waitingPromotion(site, repository, promotion)))}`;
}

function isHeld(promotion: Promotion, held: ChannelRelease | undefined): boolean {
  const done = ["merged", "published", "publish-failed"].includes(promotion.state);
  return done && promotion.targetName === held?.spec.name;
}

async function heldFacts(
  site: Site,
  repository: Repository,
  held: ChannelRelease,
  promotion: Promotion | undefined,
): Promise<Html> {
  return facts([
    ["release", releaseLink(site, repository, held.spec.release)],
    ["stream", streamLink(site, repository, held.spec.stream)],
    ["since", promotion && moment(promotion.updatedAt, site.at)],
    [
      "asked for by",
      promotion ? askedBy(site, repository, promotion) : held.spec.promotion.requestedBy,
    ],
    ["approved by", promotion && (await approvedBy(site, promotion))],
    ["state", promotion && promotionBadge(promotion.state)],
  ]);
}

async function waitingPromotion(
  site: Site,
  repository: Repository,
  promotion: Promotion,
): Promise<Html> {
  const gates = promotion.state === "open" ? await site.gates(promotion) : [];
  const pull =
    promotion.pullNumber === null ? nothing : pullLink(site, repository, promotion.pullNumber);
  return html`<div class="waiting">
    <p>${badge("wait", "waits")} <span class="name">${promotion.targetName}</span> ${pull}</p>
    ${gateList(gates.filter(({ state }) => state !== "open"))}
  </div>`;
}
