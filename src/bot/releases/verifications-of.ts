import type { ObservedVerification } from "../../promotion/release-phase.ts";
import type { Release } from "../../store/release-record.ts";
import type { Repository } from "../../store/repository-record.ts";
import { listRuns } from "../../store/find-runs.ts";
import type { Bot } from "../bot.ts";
import { observeVerifications } from "./observe-verifications.ts";
import { readStreams } from "../read-streams.ts";

const mostRuns = 200;

/** How the verifications of a release stand, as its stream named them at the commit that it was built from. */
export async function verificationsOf(
  bot: Bot,
  repository: Repository,
  release: Release,
): Promise<readonly ObservedVerification[]> {
  const streams = await readStreams(bot, repository, release.commit);
  const stream = streams.streams.get(release.stream)?.value;
  if (stream === undefined) return [];
  const runs = await listRuns(
    bot.db,
    { repositoryId: repository.id, kind: "verify", subject: release.name },
    mostRuns,
  );
  return observeVerifications(stream, release.name, runs, bot.publicUrl);
}
