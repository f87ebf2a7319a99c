import type { Command } from "../../commands/types.ts";
import { neutralise } from "../../github/text.ts";
import { describeProblem } from "../../problem.ts";
import { overridePhase } from "../../promotion/release-phase.ts";
import type { Release } from "../../store/release-record.ts";
import { getRelease, setReleasePhase } from "../../store/releases.ts";
import type { Bot } from "../bot.ts";
import { trackStream } from "../failures/track-stream.ts";
import { wakeOpenPromotions } from "../promotions/wake-promotion.ts";
import { wantDownstream } from "../runs/want-downstream.ts";
import type { Answer, CommandComment } from "./comment.ts";

type Override = Extract<Command, { verb: "accept" | "reject" }>;

/** A person's word over a release, with the reason kept beside it. */
export async function overrideReleasePhase(
  bot: Bot,
  comment: CommandComment,
  command: Override,
): Promise<Answer> {
  const repositoryId = comment.repository.id;
  const release = await getRelease(bot.db, repositoryId, command.release);
  if (release === undefined) return `There is no release \`${command.release}\`.`;
  if (!isRepeated(release, comment, command)) {
    const decision = overridePhase({
      name: release.name,
      phase: release.phase,
      to: phaseOf(command),
      reason: command.reason,
    });
    if (!decision.ok) return describeProblem(decision.problem);
    const change = { ...decision.value, by: comment.login };
    await setReleasePhase(bot.db, repositoryId, release.name, change, bot.now());
  }
  if (command.verb === "accept") await wantDownstream(bot, comment.repository);
  await wakeOpenPromotions(bot, comment.repository);
  await trackStream(bot, comment.repository, release.stream);
  return `Release \`${release.name}\` is now **${phaseOf(command)}**: ${neutralise(command.reason)}`;
}

/** The comment was carried out before, in part or whole, and is delivered again. */
function isRepeated(release: Release, comment: CommandComment, command: Override): boolean {
  return (
    release.phase === phaseOf(command) &&
    release.phaseBy === comment.login &&
    release.phaseReason === command.reason
  );
}

function phaseOf({ verb }: Override): "Accepted" | "Rejected" {
  return verb === "accept" ? "Accepted" : "Rejected";
}
