import type { PromotionStatus } from "../../promotion/promotion-view.ts";
import { listApprovals } from "../../store/approvals.ts";
import type { Promotion, PromotionState } from "../../store/promotion-record.ts";
import { putOffPromotion } from "../../store/promotions.ts";
import type { Repository } from "../../store/repository-record.ts";
import type { Run } from "../../store/run-record.ts";
import { listRuns } from "../../store/find-runs.ts";
import type { Bot } from "../bot.ts";
import { readDefaultBranch } from "../read-default-branch.ts";
import { reportComment } from "../report.ts";
import { reportPromotion } from "./report-promotion.ts";
import { isOver } from "../runs/run-report.ts";
import { syncRepository } from "../sync-repository.ts";

interface Followed {
  readonly state: PromotionState;
  readonly status: PromotionStatus["state"];
  /** For the pull request that asked: what happened, in a sentence. */
  readonly sentence: string;
  readonly run: Run | undefined;
}

/** Sees a merged promotion through its publication, and tells both pull requests how it ended. */
export async function followPublication(
  bot: Bot,
  repository: Repository,
  promotion: Promotion,
): Promise<void> {
  const { streams } = await readDefaultBranch(bot, repository, { fetch: true });
  const publishes = streams.channels.get(promotion.channel)?.value.spec.publish !== undefined;
  const run = publishes ? await findPublication(bot, repository, promotion) : undefined;
  if (publishes && run === undefined) await syncRepository(bot, repository);
  const followed = follow(promotion, publishes, run);
  await tell(bot, repository, promotion, followed);
  const waits = publishes && run === undefined;
  const now = bot.now();
  await putOffPromotion(
    bot.db,
    promotion,
    {
      state: followed.state,
      dueAt: waits ? new Date(now.getTime() + bot.pollMs).toISOString() : null,
      attempts: 0,
      error: null,
    },
    now,
  );
}

/** The newest attempt: a retry has a cause of its own, and publishes the same release of the same merge. */
async function findPublication(
  bot: Bot,
  repository: Repository,
  promotion: Promotion,
): Promise<Run | undefined> {
  if (promotion.mergeCommit === null) return undefined;
  const runs = await listRuns(
    bot.db,
    { repositoryId: repository.id, kind: "publish", subject: promotion.channel },
    100,
  );
  return runs.find((run) => run.commit === promotion.mergeCommit);
}

function follow(promotion: Promotion, publishes: boolean, run: Run | undefined): Followed {
  const { targetName, channel } = promotion;
  const what = `**\`${targetName}\`** in \`${channel}\``;
  if (!publishes) {
    return {
      state: "published",
      status: "merged",
      sentence: `${what} is merged; the channel has nothing to publish.`,
      run,
    };
  }
  if (run === undefined || !isOver(run.state)) {
    const waiting = run?.message ?? "";
    const why = waiting === "" ? "" : ` ${waiting}`;
    return {
      state: "merged",
      status: run === undefined ? "merged" : "publishing",
      sentence: `${what} is approved and merged; it is being published.${why}`,
      run,
    };
  }
  if (run.state === "succeeded") {
    return { state: "published", status: "published", sentence: `${what} is published.`, run };
  }
  return {
    state: "publish-failed",
    status: "publish-failed",
    sentence: `${what} is merged, but publishing it ${run.state}. A maintainer publishes it again with \`/retry ${run.name}\`.`,
    run,
  };
}

async function tell(
  bot: Bot,
  repository: Repository,
  promotion: Promotion,
  { status, sentence, run }: Followed,
): Promise<void> {
  const channelUrl = `${bot.publicUrl}/channels/${promotion.channel}`;
  const url = run === undefined ? channelUrl : `${bot.publicUrl}/runs/${run.id}`;
  if (promotion.pullNumber !== null && promotion.headSha !== null) {
    const pull = { number: promotion.pullNumber, headSha: promotion.headSha };
    await reportPromotion(bot, repository, promotion, pull, {
      state: status,
      gates: [],
      approvals: await listApprovals(bot.db, promotion.id),
      ignored: [],
      minimumApprovals: 0,
      note: sentence.replaceAll(/[*`]/g, ""),
      url,
    });
  }
  if (promotion.requestedIn === null) return;
  await reportComment(bot, repository, {
    issue: promotion.requestedIn,
    purpose: `reply:${promotion.id}`,
    body: `${promotion.requester}: ${sentence} The promotion is #${promotion.pullNumber ?? 0}, the [channel's page](${channelUrl}) shows what it holds.`,
  });
}
