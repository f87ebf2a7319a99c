import {
  isExhausted,
  releasePhase,
  type ObservedVerification,
} from "../../promotion/release-phase.ts";
import type { Release } from "../../store/release-record.ts";
import { getRelease, setReleasePhase } from "../../store/releases.ts";
import type { Repository } from "../../store/repository-record.ts";
import { listRuns } from "../../store/find-runs.ts";
import { getRun } from "../../store/runs.ts";
import { inputDigest } from "../../streams/plan/input-digest.ts";
import type { Stream, Verification } from "../../streams/types.ts";
import type { Bot } from "../bot.ts";
import { readStreams } from "../read-streams.ts";
import { requestRun } from "../runs/request-run.ts";
import { observeVerifications } from "./observe-verifications.ts";
import { wakeOpenPromotions } from "../promotions/wake-promotion.ts";
import { wantDownstream } from "../runs/want-downstream.ts";

const mostRuns = 200;

/**
 * Begins the verifications of a release that are missing or have retries left, and sets the phase that follows from
 * them. What a person decided stays.
 */
export async function judgeRelease(bot: Bot, repository: Repository, name: string): Promise<void> {
  const release = await getRelease(bot.db, repository.id, name);
  if (release === undefined || release.phaseBy !== null) return;
  const streams = await readStreams(bot, repository, release.commit);
  const stream = streams.streams.get(release.stream)?.value;
  if (stream === undefined) return;
  const runs = await listRuns(
    bot.db,
    { repositoryId: repository.id, kind: "verify", subject: name },
    mostRuns,
  );
  const observed = observeVerifications(stream, name, runs, bot.publicUrl);
  const digest = inputDigest(streams, release.stream);
  for (const verification of stream.spec.verify ?? []) {
    const seen = observed.find((candidate) => candidate.name === verification.name);
    if (seen !== undefined && isDue(seen))
      await requestVerification(bot, repository, {
        release,
        stream,
        verification,
        digest,
        attempt: seen.attempts + 1,
      });
  }
  const { phase, reason } = releasePhase({ verifications: observed });
  await setReleasePhase(bot.db, repository.id, name, { phase, reason, by: null }, bot.now());
  if (phase === "Accepted") await wantDownstream(bot, repository);
  await wakeOpenPromotions(bot, repository);
}

function isDue(verification: ObservedVerification): boolean {
  if (verification.state === "waiting") return true;
  return verification.state === "failed" && !isExhausted(verification);
}

interface VerificationRequest {
  readonly release: Release;
  readonly stream: Stream;
  readonly verification: Verification;
  readonly digest: string;
  readonly attempt: number;
}

async function requestVerification(
  bot: Bot,
  repository: Repository,
  { release, stream, verification, digest, attempt }: VerificationRequest,
): Promise<void> {
  const build = await getRun(bot.db, release.runId);
  const requested = await requestRun(bot, repository, {
    kind: "verify",
    subject: release.name,
    stream,
    use: verification,
    cluster: verification.cluster ?? stream.spec.build.cluster,
    inputDigest: digest,
    cause: `release:${release.name}/${verification.name}`,
    attempt,
    commit: release.commit,
    values: {
      release: { name: release.name, pullSpec: release.pullSpec, digest: release.digest },
    },
    ...(typeof build?.pullNumber === "number" ? { pullNumber: build.pullNumber } : {}),
  });
  if (!requested.ok)
    bot.log.warn(
      { release: release.name, verification: verification.name, problem: requested.problem },
      "a release cannot be verified",
    );
}
