import type { Repository } from "../../store/repository-record.ts";
import { neededRuns } from "../../streams/plan/needed-runs.ts";
import { planChange } from "../../streams/plan/plan-change.ts";
import { streamsByFile } from "../../streams/plan/streams-by-file.ts";
import type { Bot } from "../bot.ts";
import { needsOfRuns } from "../clusters/needs-of-runs.ts";
import { triggersOfRuns } from "../clusters/triggers-of-runs.ts";
import { graphsOfChange } from "./graphs-of-change.ts";
import { broughtFindings, type ReadMerge } from "./read-merge.ts";
import { mendableFindings } from "./mendable-findings.ts";
import { suggestionsOfReview } from "./suggestions-of-review.ts";
import type { ReviewOutcome } from "./review.ts";

/** What a merge would make of the default branch: its findings, and what it would build. */
export async function reviewMerge(
  bot: Bot,
  repository: Repository,
  merge: ReadMerge,
): Promise<ReviewOutcome> {
  const { before, after, changed, head } = merge;
  const findings = broughtFindings(merge, after.findings);
  const change = planChange(before, after, { now: bot.now() });
  const [triggers, needs] = await Promise.all([
    triggersOfRuns(bot, repository, after, neededRuns(before, after, change)),
    needsOfRuns(
      bot,
      repository,
      change.builds.map(({ run }) => run.after),
    ),
  ]);
  const plan = { ...change, triggers, needs };
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
