import type { Command } from "../../commands/types.ts";
import { describeProblem, failed, ok, type Result } from "../../problem.ts";
import { decisionDigest } from "../../promotion/decision-digest.ts";
import { nextReleaseName } from "../../promotion/next-release-name.ts";
import { selectRelease } from "../../promotion/select-release.ts";
import { handOutName, listNames } from "../../store/names.ts";
import { getPromotion, insertPromotionIfAbsent, listPromotions } from "../../store/promotions.ts";
import type { Release } from "../../store/release-record.ts";
import { listReleases } from "../../store/releases.ts";
import type { Channel } from "../../streams/types.ts";
import type { Bot } from "../bot.ts";
import { publishedNames } from "../promotions/published-names.ts";
import type { Answer, CommandComment } from "./comment.ts";

const mostReleases = 1000;

/**
 * Opens a promotion: picks the release, hands out its published name, and leaves the pull request to the promotion
 * worker. The comment's id is the promotion's, so the same comment never asks twice.
 */
export async function requestPromotion(
  bot: Bot,
  comment: CommandComment,
  command: Extract<Command, { verb: "promote" }>,
): Promise<Answer> {
  const id = String(comment.commentId);
  if ((await getPromotion(bot.db, id)) !== undefined) return undefined;
  const chosen = await choose(bot, comment, command);
  if (!chosen.ok) return describeProblem(chosen.problem);
  const { channel, release } = chosen.value;
  const targetName = await handOutNextName(bot, comment, channel, release);
  if (!targetName.ok) return describeProblem(targetName.problem);
  const fromName = comment.streams.channelReleases.get(command.channel)?.value.spec.name;
  await insertPromotionIfAbsent(
    bot.db,
    {
      id,
      repositoryId: comment.repository.id,
      channel: command.channel,
      release: release.name,
      targetName: targetName.value,
      fromRelease: fromName ?? null,
      requester: comment.login,
      requestedIn: comment.issue,
      branch: `okd-streams/promote-${command.channel}-${targetName.value}`,
      decisionDigest: decisionDigest({
        channel: command.channel,
        fromName,
        release: release.name,
        digest: release.digest,
        targetName: targetName.value,
        policy: channel.spec.promotion,
      }),
    },
    bot.now(),
  );
  bot.wake();
  return undefined;
}

async function choose(
  bot: Bot,
  comment: CommandComment,
  command: Extract<Command, { verb: "promote" }>,
): Promise<Result<{ readonly channel: Channel; readonly release: Release }>> {
  const channel = comment.streams.channels.get(command.channel)?.value;
  if (channel === undefined) {
    const names = [...comment.streams.channels.keys()].map((name) => `\`${name}\``).join(", ");
    return failed({
      kind: "not-found",
      what: `There is no valid channel \`${command.channel}\` on the default branch.`,
      next: `Channels: ${names}.`,
    });
  }
  const [open] = await listPromotions(
    bot.db,
    {
      repositoryId: comment.repository.id,
      channel: command.channel,
      states: ["requested", "open"],
    },
    1,
  );
  if (open !== undefined) {
    const where = open.pullNumber === null ? "is being opened" : `is #${open.pullNumber}`;
    return failed({
      kind: "conflict",
      what: `A promotion of \`${command.channel}\` to \`${open.targetName}\` ${where}.`,
      next: "Approve it, or `/decline` it first: a channel moves one step at a time.",
    });
  }
  const releases = await listReleases(bot.db, comment.repository.id, {}, mostReleases);
  const selected = selectRelease({
    channel,
    channelReleases: new Map(
      [...comment.streams.channelReleases].map(([name, { value }]) => [name, value]),
    ),
    releases,
    spec: command.release,
  });
  return selected.ok ? ok({ channel, release: selected.value }) : selected;
}

async function handOutNextName(
  bot: Bot,
  comment: CommandComment,
  channel: Channel,
  release: Release,
): Promise<Result<string>> {
  const published = await publishedNames(bot, comment.repository, comment.head);
  const handedOut = await listNames(bot.db, comment.repository.id);
  const next = nextReleaseName({
    pickedName: release.name,
    suffix: channel.spec.naming.suffix,
    used: [...published, ...handedOut],
  });
  if (!next.ok) return next;
  const claim = {
    repositoryId: comment.repository.id,
    name: next.value,
    channel: channel.metadata.name,
    promotionId: String(comment.commentId),
  };
  if (await handOutName(bot.db, claim, bot.now())) return next;
  // Another promotion took the name between the two statements.
  return handOutNextName(bot, comment, channel, release);
}
