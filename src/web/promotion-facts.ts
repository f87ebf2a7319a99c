import { listApprovals } from "../store/approvals.ts";
import type { Promotion } from "../store/promotion-record.ts";
import type { Repository } from "../store/repository-record.ts";
import { html, type Html } from "./html.ts";
import { personLink, pullLink } from "./links.ts";
import type { Site } from "./site.ts";

/** Who approved exactly this decision, as links; undefined where nobody did. */
export async function approvedBy(site: Site, promotion: Promotion): Promise<Html | undefined> {
  const approvals = await listApprovals(site.store.db, promotion.id);
  const logins = approvals
    .filter(({ decisionDigest }) => decisionDigest === promotion.decisionDigest)
    .map(({ login }) => login);
  if (logins.length === 0) return undefined;
  return html`${logins.map((login, index) => html`${index > 0 ? ", " : ""}${personLink(site, login)}`)}`;
}

/** Who asked, and where the evidence stands. */
export function askedBy(site: Site, repository: Repository, promotion: Promotion): Html {
  const pull =
    promotion.pullNumber === null
      ? ""
      : html` in ${pullLink(site, repository, promotion.pullNumber)}`;
  return html`${personLink(site, promotion.requester)}${pull}`;
}
