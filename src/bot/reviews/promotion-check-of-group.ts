import { getPullRequest } from "../../github/pull-requests.ts";
import { mayMerge } from "../../promotion/evaluate-gates.ts";
import { code } from "../../promotion/markdown.ts";
import { listPromotions } from "../../store/promotions.ts";
import { getRelease } from "../../store/releases.ts";
import type { Repository } from "../../store/repository-record.ts";
import type { Bot } from "../bot.ts";
import { gatesOfPromotion } from "../promotions/gates-of-promotion.ts";
import { clientFor } from "../report.ts";
import { releaseFileOf } from "./promotion-check.ts";
import type { ReadMerge } from "./read-merge.ts";

/** The check `promotion` of a merge group: each channel that it moves has to be moved by a promotion whose gates are open now. */
export async function promotionCheckOfGroup(
  bot: Bot,
  repository: Repository,
  { after, changed }: Pick<ReadMerge, "after" | "changed">,
) {
  const plain = { name: "okd-streams / promotion", status: "completed" as const };
  const moved = [...changed].flatMap((path) => releaseFileOf(path) ?? []);
  const held: string[] = [];
  for (const channel of moved) {
    const wanted = after.channelReleases.get(channel)?.value.spec;
    const isPromoted =
      wanted !== undefined && (await isOpenPromotion(bot, repository, channel, wanted));
    if (!isPromoted) held.push(channel);
  }
  if (held.length > 0)
    return {
      ...plain,
      conclusion: "failure" as const,
      title: "Channels move by promotion only",
      summary: `No promotion whose gates are open moves ${held.map(code).join(", ")} so. Write \`/promote RELEASE to CHANNEL\` in a comment, and let its pull request be merged.`,
    };
  return {
    ...plain,
    conclusion: moved.length === 0 ? ("neutral" as const) : ("success" as const),
    title: moved.length === 0 ? "Not a promotion" : "Every gate is open",
    summary:
      moved.length === 0
        ? "This merge group moves no channel."
        : `Promotions move ${moved.map(code).join(", ")}.`,
  };
}

async function isOpenPromotion(
  bot: Bot,
  repository: Repository,
  channel: string,
  wanted: { readonly name: string; readonly release: string; readonly digest: string },
): Promise<boolean> {
  const filter = { repositoryId: repository.id, channel, states: ["open"] } as const;
  const [promotion] = await listPromotions(bot.db, filter, 1);
  if (promotion === undefined || promotion.pullNumber === null) return false;
  if (promotion.targetName !== wanted.name || promotion.release !== wanted.release) return false;
  const release = await getRelease(bot.db, repository.id, promotion.release);
  if (release?.digest !== wanted.digest) return false;
  const pull = await getPullRequest(clientFor(bot, repository), promotion.pullNumber);
  return mayMerge((await gatesOfPromotion(bot, repository, promotion, pull)).gates);
}
