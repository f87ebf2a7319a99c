import { ensureBranch } from "../../github/ensure-branch.ts";
import { ensureFile } from "../../github/ensure-file.ts";
import { ensurePullRequest } from "../../github/ensure-pull-request.ts";
import { renderChannelRelease } from "../../promotion/render-channel-release.ts";
import {
  renderPromotionBody,
  renderPromotionTitle,
} from "../../promotion/render-promotion-body.ts";
import { ProblemError } from "../../problem.ts";
import type { Promotion } from "../../store/promotion-record.ts";
import { updatePromotion } from "../../store/promotions.ts";
import { getRelease } from "../../store/releases.ts";
import type { Repository } from "../../store/repository-record.ts";
import type { Bot } from "../bot.ts";
import { channelReleaseOf } from "./channel-release-of.ts";
import { promotionView } from "./promotion-view.ts";
import { readDefaultBranch } from "../read-default-branch.ts";
import { clientFor, reportComment } from "../report.ts";

/** Makes the branch, the commit and the pull request of a promotion, each where it is missing. */
export async function openPromotion(
  bot: Bot,
  repository: Repository,
  promotion: Promotion,
): Promise<void> {
  const release = await getRelease(bot.db, repository.id, promotion.release);
  if (release === undefined) throw missingRelease(promotion);
  const client = clientFor(bot, repository);
  const { head: base } = await readDefaultBranch(bot, repository, { fetch: true });
  const view = await promotionView(bot, repository, promotion, release);
  const title = renderPromotionTitle(view);
  await ensureBranch(client, promotion.branch, base);
  const headSha = await ensureFile(client, {
    branch: promotion.branch,
    path: `streams/channels/${promotion.channel}/release.yaml`,
    content: renderChannelRelease(channelReleaseOf(promotion, release, view.requestUrl)),
    message: `${title}\n\nAsked for by ${promotion.requester}.`,
  });
  const pull = await ensurePullRequest(client, {
    head: promotion.branch,
    headSha,
    base: repository.defaultBranch,
    title,
    body: renderPromotionBody(view),
  });
  const now = bot.now();
  await updatePromotion(
    bot.db,
    promotion.id,
    {
      state: "open",
      pullNumber: pull.number,
      headSha,
      dueAt: now.toISOString(),
      attempts: 0,
      error: null,
    },
    now,
  );
  await announce(bot, repository, promotion, pull.number);
}

async function announce(
  bot: Bot,
  repository: Repository,
  promotion: Promotion,
  pullNumber: number,
): Promise<void> {
  if (promotion.requestedIn === null) return;
  await reportComment(bot, repository, {
    issue: promotion.requestedIn,
    purpose: `reply:${promotion.id}`,
    body: `${promotion.requester}: \`${promotion.release}\` is proposed for \`${promotion.channel}\` as **\`${promotion.targetName}\`** in #${pullNumber}.`,
  });
}

function missingRelease(promotion: Promotion): ProblemError {
  return new ProblemError({
    kind: "not-found",
    where: `promotion ${promotion.id}`,
    what: `The release ${promotion.release} is not known any more.`,
  });
}
