import type { Issue } from "../../github/issues.ts";
import { getPullRequest } from "../../github/pull-requests.ts";
import { listProposals, updateProposal } from "../../store/proposals.ts";
import type { Repository } from "../../store/repository-record.ts";
import type { Bot } from "../bot.ts";
import { clientFor } from "../report.ts";

/** Of one person in a repository, at a time: whoever wants more has a fork. */
export const mostOpenProposals = 3;

/** The pull requests of the author's other proposals that are still open. */
export async function openProposalsOf(
  bot: Bot,
  repository: Repository,
  { author, number }: Issue,
): Promise<readonly number[]> {
  const filter = { repositoryId: repository.id, author: author.login, state: "open" } as const;
  const others = (await listProposals(bot.db, filter)).filter(({ issue }) => issue !== number);
  const open: number[] = [];
  for (const { repositoryId, issue, pullNumber } of others) {
    if (pullNumber === null) continue;
    // Whose end was not seen is no reason to make anybody wait.
    const { state } = await getPullRequest(clientFor(bot, repository), pullNumber);
    await updateProposal(bot.db, { repositoryId, issue }, { state }, bot.now());
    if (state === "open") open.push(pullNumber);
  }
  return open;
}
