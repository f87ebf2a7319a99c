import type { PullRequest } from "../../github/pull-requests.ts";
import type { PromotionStatus } from "../../promotion/promotion-view.ts";
import {
  renderPromotionCheck,
  renderPromotionStatus,
} from "../../promotion/render-promotion-status.ts";
import type { Promotion } from "../../store/promotion-record.ts";
import type { Repository } from "../../store/repository-record.ts";
import type { Bot } from "../bot.ts";
import { reportCheck, reportComment } from "../report.ts";

/** Shows on its pull request how a promotion stands: the check that holds the merge, and one comment. */
export async function reportPromotion(
  bot: Bot,
  repository: Repository,
  promotion: Promotion,
  pull: Pick<PullRequest, "number" | "headSha">,
  status: PromotionStatus,
): Promise<void> {
  await reportCheck(bot, repository, {
    name: "okd-streams / promotion",
    headSha: pull.headSha,
    externalId: `promotion:${pull.number}`,
    status: "completed",
    detailsUrl: `${bot.publicUrl}/channels/${promotion.channel}`,
    ...renderPromotionCheck(status),
  });
  await reportComment(bot, repository, {
    issue: pull.number,
    purpose: "promotion",
    body: renderPromotionStatus(status),
  });
}
