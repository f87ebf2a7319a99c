import { compareFindings, toFindings } from "../findings/to-findings.ts";
import type { SilencedFinding } from "../findings/finding.ts";
import type { StreamsSettings } from "../types.ts";
import type { SilencedMistake } from "./apply-silences.ts";

/** What silenced mistakes would be as findings, in the order of findings. */
export function toSilencedFindings(
  silenced: readonly SilencedMistake[],
  settings: Pick<StreamsSettings, "rules">,
): SilencedFinding[] {
  return silenced
    .flatMap(({ mistake, reason }) =>
      toFindings([mistake], settings).map((finding) => ({ ...finding, reason })),
    )
    .sort(compareFindings);
}
