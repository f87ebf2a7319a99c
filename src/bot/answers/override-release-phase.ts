import type { Command } from "../../commands/types.ts";
import { neutralise } from "../../github/text.ts";
import { getRelease, setReleasePhase } from "../../store/releases.ts";
import type { Bot } from "../bot.ts";
import type { Answer, CommandComment } from "./comment.ts";

/** A person's word over a release, with the reason kept beside it. */
export async function overrideReleasePhase(
  bot: Bot,
  comment: CommandComment,
  command: Extract<Command, { verb: "accept" | "reject" }>,
): Promise<Answer> {
  const release = await getRelease(bot.db, comment.repository.id, command.release);
  if (release === undefined) return `There is no release \`${command.release}\`.`;
  const phase = command.verb === "accept" ? "Accepted" : "Rejected";
  await setReleasePhase(
    bot.db,
    comment.repository.id,
    release.name,
    { phase, reason: command.reason, by: comment.login },
    bot.now(),
  );
  return `Release \`${release.name}\` is now **${phase}** (it was ${release.phase}): ${neutralise(command.reason)}`;
}
