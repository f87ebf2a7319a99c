import type { Repository } from "../../store/repository-record.ts";
import { proposalFormPath } from "../../streams/proposals/proposal-fields.ts";
import type { Bot } from "../bot.ts";

/** Whether the default branch has the form, as of the last fetch. */
export async function hasProposalForm(bot: Bot, repository: Repository): Promise<boolean> {
  const mirror = bot.mirrorOf(repository);
  const head = await mirror.resolve(repository.defaultBranch);
  if (head === undefined) return false;
  return (await mirror.listFiles(head, [proposalFormPath])).length > 0;
}
