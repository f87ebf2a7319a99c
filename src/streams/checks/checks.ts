import { checkAfterStreams } from "./check-after-streams.ts";
import { checkChannels } from "./check-channels.ts";
import { checkPipelineUses } from "./check-pipeline-uses.ts";
import { checkPipelines } from "./check-pipelines.ts";
import { checkPromotionPolicies } from "./check-promotion-policies.ts";
import { checkSchedules } from "./check-schedules.ts";
import { checkSettings } from "./check-settings.ts";
import { checkVariables } from "./check-variables.ts";
import type { Check } from "./checkable.ts";

/** All semantic and cross-file checks; findings are sorted afterwards, so their order means nothing. */
export const checks: readonly Check[] = [
  checkAfterStreams,
  checkChannels,
  checkPipelineUses,
  checkPipelines,
  checkPromotionPolicies,
  checkSchedules,
  checkSettings,
  checkVariables,
];
