import { authorise } from "../../commands/authorise.ts";
import { getPullRequest } from "../../github/pull-requests.ts";
import { describeProblem } from "../../problem.ts";
import { listRuns } from "../../store/find-runs.ts";
import { inputDigest } from "../../streams/plan/input-digest.ts";
import type { StreamsRepository } from "../../streams/repository.ts";
import type { Bot } from "../bot.ts";
import { isActive } from "../builds-of.ts";
import { readStreams } from "../read-streams.ts";
import { clientFor } from "../report.ts";
import { findMergeCauses, type MergeCause } from "../runs/find-merge-causes.ts";
import { requestBuild } from "../runs/request-build.ts";
import type { CommandComment } from "./comment.ts";

/**
 * Asks for the builds that the merge of this pull request called for and that were never asked for, as what they are
 * built on was not there yet. Gives a line for each that it knows of.
 */
export async function wantNeverBuilt(
  bot: Bot,
  comment: CommandComment,
): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const cause of await causesOfMerge(bot, comment)) {
    const line = await wantBuild(bot, comment, cause);
    if (line !== undefined) lines.push(`- ${line}`);
  }
  return lines;
}

async function causesOfMerge(
  bot: Bot,
  { repository, isPullRequest, issue, promotion, streams }: CommandComment,
): Promise<readonly MergeCause[]> {
  if (!isPullRequest || promotion !== undefined) return [];
  const { mergeCommit } = await getPullRequest(clientFor(bot, repository), issue);
  if (mergeCommit === undefined) return [];
  const mirror = bot.mirrorOf(repository);
  const parent = await mirror.firstParentOf(mergeCommit);
  if (parent === undefined) return [];
  const read = (commit: string): Promise<StreamsRepository> => readStreams(bot, repository, commit);
  const causes = await findMergeCauses(mirror, read, parent, mergeCommit);
  // What a later merge changed again is that merge's to build.
  return causes.filter(
    ({ stream, inputDigest: digest }) =>
      streams.streams.has(stream) && inputDigest(streams, stream) === digest,
  );
}

async function wantBuild(
  bot: Bot,
  comment: CommandComment,
  { stream: name, commit, inputDigest: digest }: MergeCause,
): Promise<string | undefined> {
  const { repository, streams, actor, issue, login } = comment;
  const stream = streams.streams.get(name)?.value;
  if (stream === undefined || !isActive(stream)) return undefined;
  if (stream.spec.triggers?.merge === false) return undefined;
  const [built] = await listRuns(
    bot.db,
    { repositoryId: repository.id, kind: "build", subject: name, inputDigest: digest },
    1,
  );
  if (built !== undefined) return undefined;
  const allowed = authorise({ verb: "build", stream: name }, actor);
  if (!allowed.ok) return describeProblem(allowed.problem);
  const requested = await requestBuild(bot, repository, {
    streams,
    stream,
    cause: `merge:${commit}`,
    commit,
    pullNumber: issue,
    requestedBy: login,
  });
  if (!requested.ok) return describeProblem(requested.problem);
  bot.wake();
  return `\`${name}\`, which was never built, is built from ${commit.slice(0, 10)}.`;
}
