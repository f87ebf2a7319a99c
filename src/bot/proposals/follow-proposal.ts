import { getIssue, type Issue } from "../../github/issues.ts";
import { getPullRequest, type PullRequest } from "../../github/pull-requests.ts";
import { getProposal, updateProposal } from "../../store/proposals.ts";
import type { Repository } from "../../store/repository-record.ts";
import { parseProposal, type ParsedProposal } from "../../streams/proposals/parse-proposal.ts";
import { proposalLabel } from "../../streams/proposals/proposal-fields.ts";
import type { Bot } from "../bot.ts";
import { clientFor, reportComment } from "../report.ts";
import { renderClosed, renderMistakes } from "./render-answer.ts";
import { writeProposal } from "./write-proposal.ts";

type Filled = Exclude<ParsedProposal, { kind: "none" }>;

/**
 * Makes the pull request of an issue hold what the issue proposes, and says on the issue how it stands. The issue is read
 * as it is now, one at a time in a repository, so that doubled, late and lost events end the same.
 */
export async function followProposal(
  bot: Bot,
  repository: Repository,
  number: number,
): Promise<void> {
  await bot.lock.run(`proposals ${repository.id}`, async () => {
    const issue = await getIssue(clientFor(bot, repository), number);
    if (issue === undefined || !mayPropose(issue)) return;
    const parsed = parseProposal(issue.body);
    if (parsed.kind === "none") return;
    const answer = await answerTo(bot, repository, issue, parsed);
    if (answer === undefined) return;
    await reportComment(bot, repository, { issue: number, purpose: "proposal", body: answer });
  });
}

/** Anybody may propose: the label only keeps other issues from being taken for proposals. */
function mayPropose({ state, author, labels, isPullRequest }: Issue): boolean {
  return state === "open" && !isPullRequest && !author.isBot && labels.includes(proposalLabel);
}

/** What is to be said on the issue; undefined where nothing is left to say. */
async function answerTo(
  bot: Bot,
  repository: Repository,
  issue: Issue,
  parsed: Filled,
): Promise<string | undefined> {
  const pull = await pullOf(bot, repository, issue);
  if (pull?.merged === true) return undefined;
  if (pull?.state === "closed") return renderClosed(pull.number);
  if (parsed.kind === "wrong") return renderMistakes({ problems: parsed.problems, pull });
  return await writeProposal(bot, repository, { issue, pull, proposal: parsed.proposal });
}

/** The pull request that was made of the issue before. */
async function pullOf(
  bot: Bot,
  repository: Repository,
  issue: Issue,
): Promise<PullRequest | undefined> {
  const key = { repositoryId: repository.id, issue: issue.number };
  const number = (await getProposal(bot.db, key))?.pullNumber ?? undefined;
  if (number === undefined) return undefined;
  const pull = await getPullRequest(clientFor(bot, repository), number);
  await updateProposal(bot.db, key, { state: pull.state }, bot.now());
  return pull;
}
