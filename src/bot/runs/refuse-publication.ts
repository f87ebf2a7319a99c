import type { Problem } from "../../problem.ts";
import type { Run } from "../../store/run-record.ts";
import type { StreamsRepository } from "../../streams/repository.ts";
import { promotionDigest } from "../promotions/promotion-digest.ts";

/**
 * Why a publish run is not to begin now: its channel, as these streams have it, names something else than the run
 * publishes, so that it would roll the channel back past every gate. Undefined where it may.
 */
export function refusePublication(
  streams: StreamsRepository,
  { subject, inputDigest, name }: Pick<Run, "subject" | "inputDigest" | "name">,
): Problem | undefined {
  const held = streams.channelReleases.get(subject)?.value;
  if (held !== undefined && promotionDigest(held) === inputDigest) return undefined;
  const now =
    held === undefined
      ? "has no valid `release.yaml` now"
      : `names \`${held.spec.name}\` now, which is not what this run publishes`;
  return {
    kind: "refused",
    where: `\`${name}\``,
    what: `On the default branch the channel \`${subject}\` ${now}.`,
    next: "What a channel holds is changed by `/promote`, also back to an earlier release.",
  };
}
