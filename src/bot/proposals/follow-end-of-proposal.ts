import { listProposals } from "../../store/proposals.ts";
import type { Repository } from "../../store/repository-record.ts";
import type { Bot } from "../bot.ts";
import { followProposals } from "./follow-proposals.ts";

/** Looks at whom the end of a pull request concerns, where it was a proposal's: its own issue, and those that waited. */
export async function followEndOfProposal(
  bot: Bot,
  repository: Repository,
  pullNumber: number,
): Promise<void> {
  const ended = await listProposals(bot.db, { repositoryId: repository.id, pullNumber });
  if (ended.length > 0) await followProposals(bot, repository);
}
