import type { Repository } from "../store/repository-record.ts";
import { activity } from "./activity.ts";
import { channelCard } from "./channel-card.ts";
import { html, type Html } from "./html.ts";
import { eachRepository, type Page } from "./layout.ts";
import type { Site } from "./site.ts";

/** `/`: every channel, what it holds and why, what waits, and what happened last. */
export async function homePage(site: Site, repositories: readonly Repository[]): Promise<Page> {
  const body = await eachRepository(site, repositories, (repository) => channels(site, repository));
  return {
    title: "Channels",
    section: "channels",
    refreshSeconds: 15,
    body: html`<h1>Channels</h1>
      <p class="lead">
        A <b>stream</b> is a build, test and release pipeline for one configuration of OKD, written
        down as YAML in git. A <b>channel</b> is what people install from: it holds one release of a
        stream, and moves to the next one only through a pull request with its evidence and its
        approvals.
      </p>
      ${body}`,
  };
}

async function channels(site: Site, repository: Repository): Promise<Html> {
  const snapshot = await site.snapshot(repository.id);
  const named = [...(snapshot?.channels ?? [])].toSorted(([one], [other]) =>
    one.localeCompare(other),
  );
  const cards = named.map(([name, { value }]) =>
    channelCard(site, repository, value, snapshot?.channelReleases.get(name)?.value),
  );
  return html`${cards.length === 0 ? noChannels(snapshot !== undefined) : html`<div class="cards">${await Promise.all(cards)}</div>`}
    <h2>What happened last</h2>
    ${await activity(site, repository, 12)}`;
}

function noChannels(wasRead: boolean): Html {
  return wasRead
    ? html`<p class="empty">
        There is no channel yet: one is a folder in <code>streams/channels/</code>.
      </p>`
    : html`<p class="empty">The repository was not read yet; look again in a moment.</p>`;
}
