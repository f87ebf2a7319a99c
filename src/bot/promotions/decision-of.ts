import { decisionDigest } from "../../promotion/decision-digest.ts";
import type { Promotion } from "../../store/promotion-record.ts";
import { getRelease } from "../../store/releases.ts";
import type { Repository } from "../../store/repository-record.ts";
import type { StreamsRepository } from "../../streams/repository.ts";
import type { Bot } from "../bot.ts";

/** The digest of what a promotion decides as everything stands now; undefined where channel or release are gone. */
export async function decisionOf(
  bot: Bot,
  repository: Repository,
  promotion: Promotion,
  streams: StreamsRepository,
): Promise<string | undefined> {
  const policy = streams.channels.get(promotion.channel)?.value.spec.promotion;
  const release = await getRelease(bot.db, repository.id, promotion.release);
  if (policy === undefined || release === undefined) return undefined;
  return decisionDigest({
    channel: promotion.channel,
    fromName: streams.channelReleases.get(promotion.channel)?.value.spec.name,
    release: release.name,
    digest: release.digest,
    targetName: promotion.targetName,
    policy,
  });
}
