import { listOpenIssues } from "../../github/issues.ts";
import type { Repository } from "../../store/repository-record.ts";
import { proposalLabel } from "../../streams/proposals/proposal-fields.ts";
import type { Bot } from "../bot.ts";
import { clientFor } from "../report.ts";
import { followProposal } from "./follow-proposal.ts";
import { hasProposalForm } from "./has-proposal-form.ts";

/** Looks at every open proposal of a repository that has the form, as events may have been lost. */
export async function followProposals(bot: Bot, repository: Repository): Promise<void> {
  if (!(await hasProposalForm(bot, repository))) return;
  const issues = await listOpenIssues(clientFor(bot, repository), proposalLabel);
  for (const { number } of issues) await followProposal(bot, repository, number);
}
