import type { InstalledRepository } from "../../github/list-installed-repositories.ts";
import { quoted } from "../../quoted.ts";
import { describeGap } from "../../streams/plan/describe-gap.ts";
import { describeNeedsGap } from "../../streams/plan/describe-needs-gap.ts";
import { everyRun } from "../../streams/plan/needed-runs.ts";
import type { Bot } from "../bot.ts";
import { readDefaultBranch } from "../read-default-branch.ts";
import { needsOfRuns } from "./needs-of-runs.ts";
import { triggersOfRuns } from "./triggers-of-runs.ts";

/** What an operator is told of a repository's streams: what keeps runs from starting, and what is good to know. */
export interface ExaminedStreams {
  readonly runs: number;
  readonly wrong: readonly string[];
  readonly unsure: readonly string[];
}

/** Nobody waits for this but the operator who asked. */
const patienceMs = 15_000;

/** Whether the clusters have what the streams and channels of a repository's default branch need to be run. */
export async function examineStreams(
  bot: Bot,
  installed: InstalledRepository,
): Promise<ExaminedStreams> {
  const moment = bot.now().toISOString();
  // It is not kept: that the bot sees it is for the bot to say.
  const repository = {
    ...installed,
    baseline: null,
    syncedCommit: null,
    seenAt: moment,
    updatedAt: moment,
  };
  const { streams } = await readDefaultBranch(bot, repository, { fetch: true });
  const runs = everyRun(streams);
  const triggers = await triggersOfRuns(bot, repository, streams, runs, patienceMs);
  const needs = await needsOfRuns(bot, repository, runs, patienceMs);
  const wanting = (names: readonly string[]): string => `Needed by ${names.join(", ")}.`;
  return {
    runs: runs.length,
    wrong: triggers.gaps.map((gap) => `${describeGap(gap, quoted)} ${wanting(gap.neededBy)}`),
    unsure: [
      ...triggers.notVerified.map(
        ({ cluster, why }) => `The triggers of cluster ${quoted(cluster)} are not known: ${why}`,
      ),
      ...needs.gaps.map((gap) => `${describeNeedsGap(gap, quoted)} ${wanting(gap.neededBy)}`),
      ...needs.notVerified.map(
        ({ cluster, why }) =>
          `The machines of cluster ${quoted(cluster)} are not known: ${why} To let the bot look, apply deploy/node-access there.`,
      ),
    ],
  };
}
