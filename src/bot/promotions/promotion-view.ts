import { approverNames } from "../../promotion/is-approver.ts";
import type { PromotionView } from "../../promotion/promotion-view.ts";
import type { Promotion } from "../../store/promotion-record.ts";
import type { Release } from "../../store/release-record.ts";
import type { Repository } from "../../store/repository-record.ts";
import { getRun } from "../../store/runs.ts";
import type { Bot } from "../bot.ts";
import { readDefaultBranch } from "../read-default-branch.ts";
import { verificationsOf } from "../releases/verifications-of.ts";

/** Everything that the texts of a promotion say about it, with addresses. */
export async function promotionView(
  bot: Bot,
  repository: Repository,
  promotion: Promotion,
  release: Release,
): Promise<PromotionView> {
  const { streams } = await readDefaultBranch(bot, repository);
  const channel = streams.channels.get(promotion.channel)?.value.spec;
  const run = await getRun(bot.db, release.runId);
  const repositoryUrl = `${bot.gitHubUrl}/${repository.owner}/${repository.name}`;
  return {
    channel: promotion.channel,
    channelTitle: channel?.title ?? promotion.channel,
    channelUrl: `${bot.publicUrl}/channels/${promotion.channel}`,
    release: release.name,
    releaseUrl: `${bot.publicUrl}/releases/${release.name}`,
    stream: release.stream,
    targetName: promotion.targetName,
    fromName: promotion.fromRelease ?? undefined,
    pullSpec: release.pullSpec,
    digest: release.digest,
    commit: release.commit,
    commitUrl: `${repositoryUrl}/commit/${release.commit}`,
    runName: run?.name ?? release.runId.slice(0, 10),
    runUrl: `${bot.publicUrl}/runs/${release.runId}`,
    requester: promotion.requester,
    requestUrl:
      promotion.requestedIn === null
        ? undefined
        : `${repositoryUrl}/pull/${promotion.requestedIn}#issuecomment-${promotion.id}`,
    verifications: await verificationsOf(bot, repository, release),
    approvers:
      channel === undefined
        ? []
        : approverNames(channel.promotion.approvals, streams.settings.roles?.approvers),
    minimumApprovals: channel?.promotion.approvals.minimum ?? 0,
    soak: channel?.promotion.soak,
  };
}
