import { getPullRequest, type PullRequest } from "../../github/pull-requests.ts";
import type { Repository } from "../../store/repository-record.ts";
import { listRuns } from "../../store/find-runs.ts";
import type { Bot } from "../bot.ts";
import { clientFor } from "../report.ts";
import { stopRun } from "../runs/stop-run.ts";

const pending = ["requested", "submitted", "queued", "running"] as const;
const mostTrials = 1000;

/** Stops the trials of a pull request, or of all of a repository, whose commit is no open pull request's head any more. */
export async function stopStaleTrials(
  bot: Bot,
  repository: Repository,
  pullNumber?: number,
): Promise<void> {
  const about = { repositoryId: repository.id, kind: "trial", states: pending } as const;
  const filter = pullNumber === undefined ? about : { ...about, pullNumber };
  const trials = await listRuns(bot.db, filter, mostTrials);
  const numbers = new Set(trials.flatMap((run) => run.pullNumber ?? []));
  for (const number of numbers) {
    const pull = await getPullRequest(clientFor(bot, repository), number);
    for (const run of trials) {
      if (run.pullNumber !== number || run.stopNote !== null) continue;
      const why = whyStale(pull, run.commit);
      if (why !== undefined) await stopRun(bot, run, why);
    }
  }
}

function whyStale(pull: PullRequest, commit: string): string | undefined {
  if (pull.state !== "open") return "Stopped, as the pull request was closed.";
  if (pull.headSha === commit) return undefined;
  return `Stopped, as the pull request moved on to ${pull.headSha.slice(0, 10)}.`;
}
