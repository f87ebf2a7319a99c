import { checkAcrossStreams } from "./across-streams/check-across-streams.ts";
import { checkSiblingDefaults } from "./across-streams/check-sibling-defaults.ts";
import { checkAfterStreams } from "./check-after-streams.ts";
import { checkChannels } from "./check-channels.ts";
import { checkContradictions } from "./check-contradictions.ts";
import { checkFileNames } from "./check-file-names.ts";
import { checkLifecycles } from "./check-lifecycles.ts";
import { checkLimits, checkPublishLimits } from "./check-limits.ts";
import { checkApprovers, checkMaintainers } from "./check-people.ts";
import { checkChannelUses, checkStreamUses } from "./check-pipeline-uses.ts";
import { checkPipelines } from "./check-pipelines.ts";
import { checkPromotionPolicies } from "./check-promotion-policies.ts";
import { checkPublishedNames } from "./check-published-names.ts";
import { checkReleaseNames } from "./check-release-names.ts";
import { checkSchedules } from "./check-schedules.ts";
import { checkSettings } from "./check-settings.ts";
import { checkTektonFolder } from "./tekton-files/check-tekton-folder.ts";
import { checkUnpinned } from "./check-unpinned.ts";
import { checkChannelVariables, checkStreamVariables } from "./check-variables.ts";
import { checkVerifications } from "./check-verifications.ts";
import type { Check, StreamCheck } from "./checkable.ts";

/** The checks of each stream by itself; findings are sorted afterwards, so the order means nothing. */
export const streamChecks: readonly StreamCheck[] = [
  checkContradictions,
  checkLifecycles,
  checkLimits,
  checkMaintainers,
  checkReleaseNames,
  checkSchedules,
  checkStreamUses,
  checkStreamVariables,
  checkVerifications,
];

/** The checks across files, and those of everything that is no stream. */
export const checks: readonly Check[] = [
  checkAcrossStreams,
  checkAfterStreams,
  checkApprovers,
  checkChannels,
  checkChannelUses,
  checkChannelVariables,
  checkFileNames,
  checkPipelines,
  checkPromotionPolicies,
  checkPublishLimits,
  checkPublishedNames,
  checkSettings,
  checkSiblingDefaults,
  checkUnpinned,
  checkTektonFolder,
];
