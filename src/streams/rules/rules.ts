import { acrossStreamsRules } from "./across-streams-rules.ts";
import { channelRules } from "./channel-rules.ts";
import { fileRules } from "./file-rules.ts";
import { pipelineUseRules } from "./pipeline-use-rules.ts";
import { policyRules } from "./policy-rules.ts";
import type { Rule } from "./rule.ts";
import { scriptRules } from "./script-rules.ts";
import { silencingRules } from "./silencing-rules.ts";
import { streamRules } from "./stream-rules.ts";
import { tektonFileRules } from "./tekton-file-rules.ts";
import { tektonObjectRules } from "./tekton-object-rules.ts";
import { tektonPipelineRules } from "./tekton-pipeline-rules.ts";
import { tektonRules } from "./tekton-rules.ts";
import { triggerRules } from "./trigger-rules.ts";

/** Every rule of the validation; ids, severities and explanations stand nowhere else. */
export const rules = {
  ...fileRules,
  ...tektonRules,
  ...tektonObjectRules,
  ...tektonPipelineRules,
  ...pipelineUseRules,
  ...tektonFileRules,
  ...scriptRules,
  ...triggerRules,
  ...streamRules,
  ...channelRules,
  ...acrossStreamsRules,
  ...policyRules,
  ...silencingRules,
} as const;

export type RuleId = keyof typeof rules;

/** The rule of an id that somebody wrote, or undefined where there is none. */
export function findRule(id: string): Rule | undefined {
  return new Map<string, Rule>(Object.entries(rules)).get(id);
}
