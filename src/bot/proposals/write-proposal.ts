import { createHash } from "node:crypto";
import { moveBranch } from "../../github/commit-files.ts";
import { ensureBranch, readBranch } from "../../github/ensure-branch.ts";
import { ensurePullRequest } from "../../github/ensure-pull-request.ts";
import type { Issue } from "../../github/issues.ts";
import { makeCommit } from "../../github/make-commit.ts";
import type { PullRequest } from "../../github/pull-requests.ts";
import { renamePullRequest } from "../../github/rename-pull-request.ts";
import type { ProposalRecord } from "../../store/proposal-record.ts";
import { getProposal, saveProposalCommit, updateProposal } from "../../store/proposals.ts";
import type { Repository } from "../../store/repository-record.ts";
import type { Proposal } from "../../streams/proposals/parse-proposal.ts";
import type { Bot } from "../bot.ts";
import { readDefaultBranch } from "../read-default-branch.ts";
import { clientFor } from "../report.ts";
import { mostOpenProposals, openProposalsOf } from "./open-proposals.ts";
import { proposalBranch } from "./proposal-branch.ts";
import {
  renderClosed,
  renderForeign,
  renderMistakes,
  renderOpened,
  renderReportMode,
  renderTooMany,
  renderUnknownBranch,
} from "./render-answer.ts";
import {
  isOurTitle,
  renderProposalBody,
  renderProposalCommit,
  renderProposalTitle,
} from "./render-proposal.ts";
import { tryProposal } from "./try-proposal.ts";

export interface AskedProposal {
  readonly issue: Issue;
  /** The open pull request that was made of it before. */
  readonly pull: PullRequest | undefined;
  readonly proposal: Proposal;
}

/**
 * Brings the branch and the pull request to what the issue proposes, each write where it is missing, and gives what is to
 * be said. The file follows the issue's text alone: it is made anew when that changes, and not when the default branch does.
 */
export async function writeProposal(
  bot: Bot,
  repository: Repository,
  asked: AskedProposal,
): Promise<string> {
  const { issue, pull, proposal } = asked;
  const client = clientFor(bot, repository);
  const key = { repositoryId: repository.id, issue: issue.number };
  const record = await getProposal(bot.db, key);
  const head = await readBranch(client, proposalBranch(issue.number));
  if (isForeign(record, head))
    return pull === undefined
      ? renderUnknownBranch(proposalBranch(issue.number))
      : renderForeign(pull.number);
  const digest = digestOf(proposal);
  if (record === undefined || record.headSha !== head || record.digest !== digest) {
    const refusal = await commitProposal(bot, repository, asked, { record, head, digest });
    if (refusal !== undefined) return refusal;
  }
  const now = await ensureProposed(bot, repository, asked);
  await updateProposal(bot.db, key, { pullNumber: now.number, state: now.state }, bot.now());
  if (now.state === "closed") return renderClosed(now.number);
  const title = renderProposalTitle(proposal);
  if (now.title !== title && isOurTitle(now.title))
    await renamePullRequest(client, now.number, title);
  return renderOpened(now.number);
}

function digestOf(proposal: Proposal): string {
  return createHash("sha256").update(JSON.stringify(proposal)).digest("hex");
}

/** Whether the branch stands at a commit that the bot did not put there. */
function isForeign(record: ProposalRecord | undefined, head: string | undefined): boolean {
  return head !== undefined && head !== record?.headSha && head !== record?.parentSha;
}

interface Written {
  readonly record: ProposalRecord | undefined;
  /** Where the branch stands; undefined where there is none. */
  readonly head: string | undefined;
  readonly digest: string;
}

/** Commits the file to the branch; gives what is to be said instead where that may not be. */
async function commitProposal(
  bot: Bot,
  repository: Repository,
  { issue, pull, proposal }: AskedProposal,
  { record, head, digest }: Written,
): Promise<string | undefined> {
  const client = clientFor(bot, repository);
  const { number, author } = issue;
  const branch = await readDefaultBranch(bot, repository, { fetch: true });
  const tried = await tryProposal(bot, repository, branch, proposal);
  if ("mistakes" in tried) return renderMistakes({ ...tried.mistakes, pull });
  if (branch.streams.settings.mode === "report") return renderReportMode(tried.file, pull);
  const others = pull === undefined ? await openProposalsOf(bot, repository, issue) : [];
  if (others.length >= mostOpenProposals) return renderTooMany(others);

  // Every commit is this one file upon the same commit of the default branch, also where the name is another now.
  const baseSha = head === undefined ? branch.head : (record?.baseSha ?? branch.head);
  const { tree } = await bot.mirrorOf(repository).commitInfo(baseSha);
  const headSha = await makeCommit(client, {
    parent: head ?? baseSha,
    tree,
    message: renderProposalCommit(proposal.name, issue, bot.gitHubUrl),
    files: [{ ...tried.file, mode: "file" }],
  });
  const commit = { author: author.login, digest, baseSha, headSha, parentSha: head ?? null };
  const key = { repositoryId: repository.id, issue: number };
  await saveProposalCommit(bot.db, key, commit, bot.now());
  if (head === undefined) await ensureBranch(client, proposalBranch(issue.number), headSha);
  else await moveBranch(client, proposalBranch(issue.number), headSha);
  return undefined;
}

async function ensureProposed(
  bot: Bot,
  repository: Repository,
  { issue, pull, proposal }: AskedProposal,
): Promise<PullRequest> {
  if (pull !== undefined) return pull;
  const record = await getProposal(bot.db, { repositoryId: repository.id, issue: issue.number });
  return await ensurePullRequest(clientFor(bot, repository), {
    head: proposalBranch(issue.number),
    headSha: record?.headSha ?? "",
    base: repository.defaultBranch,
    title: renderProposalTitle(proposal),
    body: renderProposalBody(issue),
  });
}
