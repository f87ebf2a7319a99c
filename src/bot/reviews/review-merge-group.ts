import { ProblemError } from "../../problem.ts";
import type { Repository } from "../../store/repository-record.ts";
import type { Bot } from "../bot.ts";
import { readDefaultBranch } from "../read-default-branch.ts";
import { readVerifiedStreams } from "../read-streams.ts";
import { reportCheck } from "../report.ts";
import { promotionCheckOfGroup } from "./promotion-check-of-group.ts";
import type { ReadMerge } from "./read-merge.ts";
import { planCheck, validateCheck } from "./review-checks.ts";
import { reviewMerge } from "./review-merge.ts";

/** What a merge queue is about to merge: one commit, and the one that it goes onto. */
export interface MergeGroup {
  readonly headSha: string;
  readonly baseSha: string;
  /** Such as `refs/heads/main`. */
  readonly baseRef: string;
}

/**
 * Concludes the three checks that a ruleset may require on the head of a merge group, under the settings of the default
 * branch; without them its queue would stand still.
 */
export async function reviewMergeGroup(
  bot: Bot,
  repository: Repository,
  group: MergeGroup,
): Promise<void> {
  if (group.baseRef !== `refs/heads/${repository.defaultBranch}`) return;
  const { headSha } = group;
  await bot.lock.run(`review ${repository.id} ${headSha}`, async () => {
    const merge = await readGroup(bot, repository, group);
    const review = await reviewMerge(bot, repository, merge);
    const place = (check: string) => ({ headSha, externalId: `${check}:group` });
    await reportCheck(bot, repository, validateCheck(place("validate"), review));
    await reportCheck(bot, repository, planCheck(place("plan"), review));
    const promotion = await promotionCheckOfGroup(bot, repository, merge);
    await reportCheck(bot, repository, { ...place("promotion"), ...promotion });
  });
}

async function readGroup(
  bot: Bot,
  repository: Repository,
  { headSha, baseSha }: MergeGroup,
): Promise<ReadMerge> {
  const { streams } = await readDefaultBranch(bot, repository, { fetch: true });
  const mirror = bot.mirrorOf(repository);
  for (const commit of [headSha, baseSha]) {
    if ((await mirror.resolve(commit)) === undefined)
      throw new ProblemError({
        kind: "unavailable",
        where: `merge group ${headSha}`,
        what: `GitHub's git does not have commit ${commit} yet.`,
        next: "It is tried again.",
      });
  }
  const { settings } = streams;
  const before = await readVerifiedStreams(bot, repository, baseSha, settings);
  const after = await readVerifiedStreams(bot, repository, headSha, settings);
  const changed = new Set(await mirror.changedPaths(baseSha, headSha));
  return { mirror, base: baseSha, head: headSha, tree: headSha, before, after, changed };
}
