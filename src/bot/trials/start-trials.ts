import { getPullRequest, type PullRequest } from "../../github/pull-requests.ts";
import { describeProblem, unwrap, type Problem } from "../../problem.ts";
import { inputDigest } from "../../streams/plan/input-digest.ts";
import { planChange } from "../../streams/plan/plan-change.ts";
import type { StreamsRepository } from "../../streams/repository.ts";
import type { Answer, CommandComment } from "../answers/comment.ts";
import type { Bot } from "../bot.ts";
import { readStreams } from "../read-streams.ts";
import { clientFor } from "../report.ts";
import { readMerge, type ReadMerge } from "../reviews/read-merge.ts";
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
  const merge = await readMerge(bot, repository, pull);
  const merged = merge === undefined || "conflicts" in merge ? undefined : merge;
  const wanted = named === undefined ? builtByMerge(bot, merged) : [named];
  if (wanted.length === 0)
    return "The merge of this pull request would build nothing; name a stream to try: `/test STREAM`.";
  const streams = await readStreams(bot, repository, commit, comment.streams.settings);
  const lines: string[] = [];
  for (const stream of wanted) {
    const requested = await requestTrial(bot, comment, { stream, commit, streams });
    if (!requested.ok) lines.push(`- \`${stream}\`: ${describeProblem(requested.problem)}`);
    else if (merged !== undefined && differs(stream, streams, merged.after))
      lines.push(`- \`${stream}\`: ${behind(commit)}`);
  }
  bot.wake();
  await stopStaleTrials(bot, repository, pull.number);
  return lines.length === 0 ? undefined : lines.join("\n");
}

function builtByMerge(bot: Bot, merge: ReadMerge | undefined): readonly string[] {
  if (merge === undefined) return [];
  return planChange(merge.before, merge.after, { now: bot.now() }).builds.map(
    ({ stream }) => stream,
  );
}

/** Whether the merge would build something else than the head, since the default branch moved on beside it. */
function differs(stream: string, head: StreamsRepository, merge: StreamsRepository): boolean {
  const isInBoth = head.streams.has(stream) && merge.streams.has(stream);
  return isInBoth && inputDigest(head, stream) !== inputDigest(merge, stream);
}

/** A maintainer vouches for one commit, which no merge of it is: that changes whenever the default branch does. */
function behind(commit: string): string {
  return `is tried as ${commit.slice(0, 10)} has it. The merge would build other inputs, as the default branch changed since; merge or rebase it to try those.`;
}
