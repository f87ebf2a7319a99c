import { getPullRequest, type PullRequest } from "../../github/pull-requests.ts";
import { describeProblem, unwrap, type Problem } from "../../problem.ts";
import { planChange } from "../../streams/plan/plan-change.ts";
import type { Answer, CommandComment } from "../answers/comment.ts";
import type { Bot } from "../bot.ts";
import { readStreams } from "../read-streams.ts";
import { clientFor } from "../report.ts";
import { readMerge } from "../reviews/read-merge.ts";
import { requestTrial } from "./request-trial.ts";
import { stopStaleTrials } from "./stop-stale-trials.ts";
import { refuseCommit, refuseTrials } from "./why-no-trial.ts";

/** The pull request of a comment as it is now, where it may be tried at all; else why not. */
export async function pullToTry(
  bot: Bot,
  comment: CommandComment,
): Promise<PullRequest | { readonly refusal: Problem }> {
  const refusal = refuseTrials(comment.streams.settings);
  if (refusal !== undefined) return { refusal };
  if (!comment.isPullRequest)
    return { refusal: { kind: "refused", what: "Only pull requests can be tried." } };
  return await getPullRequest(clientFor(bot, comment.repository), comment.issue);
}

/**
 * Tries a pull request's head before its merge: the stream that is named, or all that the merge would build. The runs
 * are bound to the commit that was looked at; where the pull request moved on meanwhile, they are stopped again.
 */
export async function startTrials(
  bot: Bot,
  comment: CommandComment,
  pull: PullRequest,
  named: string | undefined,
): Promise<Answer> {
  const { repository } = comment;
  const { headSha: commit } = pull;
  const refusal = await refuseCommit(bot, repository, pull, commit);
  if (refusal !== undefined) return describeProblem(refusal);
  unwrap(await bot.mirrorOf(repository).fetchPullRequest(pull.number, commit));
  const wanted = named === undefined ? await builtByMerge(bot, comment, pull) : [named];
  if (wanted.length === 0)
    return "The merge of this pull request would build nothing; name a stream to try: `/test STREAM`.";
  const streams = await readStreams(bot, repository, commit, comment.streams.settings);
  const lines: string[] = [];
  for (const stream of wanted) {
    const requested = await requestTrial(bot, comment, { stream, commit, streams });
    if (!requested.ok) lines.push(`- \`${stream}\`: ${describeProblem(requested.problem)}`);
  }
  bot.wake();
  await stopStaleTrials(bot, repository, pull.number);
  return lines.length === 0 ? undefined : lines.join("\n");
}

async function builtByMerge(
  bot: Bot,
  { repository }: CommandComment,
  pull: PullRequest,
): Promise<readonly string[]> {
  const merge = await readMerge(bot, repository, pull);
  if (merge === undefined || "conflicts" in merge) return [];
  return planChange(merge.before, merge.after, { now: bot.now() }).builds.map(
    ({ stream }) => stream,
  );
}
