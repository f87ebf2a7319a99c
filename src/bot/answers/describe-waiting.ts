import { neutralise } from "../../github/text.ts";
import { describeProblem } from "../../problem.ts";
import { listRuns } from "../../store/find-runs.ts";
import { getTrackingIssue } from "../../store/tracking-issues.ts";
import type { Stream } from "../../streams/types.ts";
import type { Bot } from "../bot.ts";
import { mayRun } from "../builds-of.ts";
import { checkActive } from "../runs/check-active.ts";
import { checkUpstreams, upstreamReleases } from "../runs/upstream-releases.ts";
import type { CommandComment } from "./comment.ts";

const pending = ["requested", "submitted", "queued", "running"] as const;
const mostRuns = 10;

/** Why a stream is not built now, what is under way of it and what that waits for: a list, empty where there is nothing to say. */
export async function describeWaiting(
  bot: Bot,
  { repository, streams }: CommandComment,
  stream: Stream,
): Promise<readonly string[]> {
  const { name } = stream.metadata;
  const active = checkActive(streams, name);
  const complete = checkUpstreams(stream, await upstreamReleases(bot, repository, stream));
  const runs = await listRuns(
    bot.db,
    { repositoryId: repository.id, stream: name, states: pending },
    mostRuns,
  );
  const issue = await getTrackingIssue(bot.db, repository.id, name);
  return [
    mayRun(streams) ? undefined : "The repository is paused or in report mode: nothing new begins.",
    active.ok ? undefined : describeProblem(active.problem),
    complete.ok ? undefined : describeProblem(complete.problem),
    issue && `It fails: #${issue.number}.`,
    ...runs.map(
      (run) =>
        `[\`${run.name}\`](${bot.publicUrl}/runs/${run.id}) (${run.kind}) is ${run.state}. ${neutralise(run.message ?? "")}`,
    ),
  ].flatMap((line) => (line === undefined ? [] : [`- ${line.trimEnd()}`]));
}
