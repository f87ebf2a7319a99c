import type { Repository } from "../../store/repository-record.ts";
import { planChange } from "../../streams/plan/plan-change.ts";
import { streamsByFile } from "../../streams/plan/streams-by-file.ts";
import type { Bot } from "../bot.ts";
import { graphsOfChange } from "./graphs-of-change.ts";
import { broughtFindings, readMerge, type ReadMerge } from "./read-merge.ts";
import { reportReview } from "./report-review.ts";
import { mendableFindings } from "./mendable-findings.ts";
import { suggestionsOfReview } from "./suggestions-of-review.ts";
import { triggersOfReview } from "./triggers-of-review.ts";
import type { PullRequestHead, RerunCheck, ReviewOutcome } from "./review.ts";

/**
 * Reviews what the merge of the pull request would make of the default branch: its findings, and what it would build.
 * The settings are the default branch's, so no pull request loosens the rules that it is checked by; pull requests into
 * other branches are none of the bot's.
 */
export async function reviewPullRequest(
  bot: Bot,
  repository: Repository,
  pull: PullRequestHead,
  rerunOf?: RerunCheck,
): Promise<void> {
  // Checks belong to commits: a verdict about another branch would stand in for the one about this.
  if (pull.baseRef !== repository.defaultBranch) return;
  await bot.lock.run(`review ${repository.id}#${pull.number}`, async () => {
    const merge = await readMerge(bot, repository, pull);
    if (merge === undefined) return;
    const review =
      "conflicts" in merge
        ? conflictReview(pull, merge.conflicts)
        : await reviewMerge(bot, repository, merge);
    await reportReview(bot, repository, pull, { ...review, rerunOf });
  });
}

const nothingChanged: ReadonlySet<string> = new Set();

function conflictReview(pull: PullRequestHead, conflicts: readonly string[]): ReviewOutcome {
  return {
    review: {
      headSha: pull.headSha,
      findings: [],
      older: 0,
      silenced: 0,
      conflicts,
      streams: [],
      plan: undefined,
      fileUrl: () => "",
      streamsByFile: new Map(),
    },
    changed: nothingChanged,
    builds: 0,
    suggestions: [],
    mendable: 0,
  };
}

async function reviewMerge(
  bot: Bot,
  repository: Repository,
  merge: ReadMerge,
): Promise<ReviewOutcome> {
  const { before, after, changed, head } = merge;
  const findings = broughtFindings(merge, after.findings);
  const change = planChange(before, after, { now: bot.now() });
  const plan = { ...change, triggers: await triggersOfReview(bot, repository, merge, change) };
  return {
    review: {
      headSha: head,
      findings,
      older: after.findings.length - findings.length,
      silenced: after.silenced.filter(({ file }) => changed.has(file)).length,
      conflicts: [],
      streams: graphsOfChange(after, changed),
      plan,
      fileUrl: (finding) =>
        `${bot.gitHubUrl}/${repository.owner}/${repository.name}/blob/${head}/${encodePath(finding.file)}#L${finding.line}`,
      streamsByFile: findings.length === 0 ? new Map() : streamsByFile(after),
    },
    changed,
    builds: plan.builds.length,
    suggestions: await suggestionsOfReview(merge, findings),
    mendable:
      before.settings.mode === "report" ? 0 : (await mendableFindings(merge, findings)).length,
  };
}

/** No character of a file's name may end the link that it stands in, or mention anybody. */
function encodePath(path: string): string {
  return encodeURIComponent(path)
    .replaceAll("%2F", "/")
    .replace(/[!'()*~_]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}
