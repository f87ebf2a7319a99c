import type { Command } from "../../commands/types.ts";
import { neutralise } from "../../github/text.ts";
import { describeProblem } from "../../problem.ts";
import { overridePhase } from "../../promotion/release-phase.ts";
import { getRelease, setReleasePhase } from "../../store/releases.ts";
import type { Bot } from "../bot.ts";
import { wakeOpenPromotions } from "../promotions/wake-promotion.ts";
import { wantDownstream } from "../runs/want-downstream.ts";
import type { Answer, CommandComment } from "./comment.ts";

/** A person's word over a release, with the reason kept beside it. */
export async function overrideReleasePhase(
  bot: Bot,
  comment: CommandComment,
  command: Extract<Command, { verb: "accept" | "reject" }>,
): Promise<Answer> {
  const repositoryId = comment.repository.id;
  const release = await getRelease(bot.db, repositoryId, command.release);
  if (release === undefined) return `There is no release \`${command.release}\`.`;
  const decision = overridePhase({
    name: release.name,
    phase: release.phase,
    to: command.verb === "accept" ? "Accepted" : "Rejected",
    reason: command.reason,
  });
  if (!decision.ok) return describeProblem(decision.problem);
  const { phase, reason } = decision.value;
  const change = { phase, reason, by: comment.login };
  // First what may be repeated: once the phase is set, the same comment changes nothing any more.
  if (phase === "Accepted") await wantDownstream(bot, comment.repository, release);
  await setReleasePhase(bot.db, repositoryId, release.name, change, bot.now());
  await wakeOpenPromotions(bot, comment.repository);
  return `Release \`${release.name}\` is now **${phase}** (it was ${release.phase}): ${neutralise(reason)}`;
}
