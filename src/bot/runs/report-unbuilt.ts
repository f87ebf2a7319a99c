import { neutralise } from "../../github/text.ts";
import { describeProblem, type Problem } from "../../problem.ts";
import type { Repository } from "../../store/repository-record.ts";
import type { Stream } from "../../streams/types.ts";
import type { Bot } from "../bot.ts";
import { reportCheck, reportComment } from "../report.ts";

export interface UnbuiltStream {
  readonly stream: Stream;
  readonly commit: string;
  /** The pull request whose merge would have built it. */
  readonly pullNumber?: number;
  readonly problem: Problem;
}

/** Says on the commit, and on the pull request that brought it, why a build that was due is not asked for. */
export async function reportUnbuilt(
  bot: Bot,
  repository: Repository,
  { stream, commit, pullNumber, problem }: UnbuiltStream,
): Promise<void> {
  const { name } = stream.metadata;
  const said = neutralise(describeProblem(problem));
  await reportCheck(bot, repository, {
    name: `okd-streams / build (${name})`,
    headSha: commit,
    externalId: `unbuilt:${name}:${commit}`,
    detailsUrl: `${bot.publicUrl}/streams/${name}`,
    status: "completed",
    conclusion: "neutral",
    title: "Not built",
    summary: said,
  });
  if (pullNumber === undefined) return;
  await reportComment(bot, repository, {
    issue: pullNumber,
    purpose: `unbuilt:${name}`,
    body: `### \`${name}\` is not built\n\n${said}`,
  });
}
