import { ensureLabel } from "../../github/ensure-label.ts";
import type { Repository } from "../../store/repository-record.ts";
import { proposalLabel } from "../../streams/proposals/proposal-fields.ts";
import type { Bot } from "../bot.ts";
import { clientFor } from "../report.ts";
import { hasProposalForm } from "./has-proposal-form.ts";

/** The repositories in which a bot of this process saw the label. */
const labelled = new WeakMap<Bot, Set<number>>();

/**
 * Makes the label of the form in a repository that has the form, asking GitHub once for each process: it leaves away a
 * label that is not there, and tells nobody.
 */
export async function ensureProposalLabel(bot: Bot, repository: Repository): Promise<void> {
  const known = labelled.get(bot) ?? new Set();
  labelled.set(bot, known);
  if (known.has(repository.id) || !(await hasProposalForm(bot, repository))) return;
  await ensureLabel(clientFor(bot, repository), {
    name: proposalLabel,
    description: "Proposes a stream; the bot makes a pull request of it",
    color: "0e8a16",
  });
  known.add(repository.id);
}
