import type { Checkable } from "./checkable.ts";
import { renameKey } from "../../yaml/node-fix.ts";
import { mistakeAt } from "./mistake.ts";
import type { Mistake } from "./mistake.ts";
import { quoted } from "../../quoted.ts";
import { findRule, rules } from "../rules/rules.ts";
import { nearestName, suggestName } from "../../suggest-name.ts";

/** Severities in the settings for rules that do not exist or can't be set. */
export function checkSettings({ settingsFile }: Checkable): Mistake[] {
  if (settingsFile === undefined) return [];
  const { source, value } = settingsFile;
  return Object.keys(value.rules ?? {}).flatMap((id) => {
    const rule = findRule(id);
    if (rule !== undefined && rule.fixed !== true) return [];
    const nearest = rule === undefined ? nearestName(id, Object.keys(rules)) : undefined;
    return [
      mistakeAt(source, "settings-rule-unknown", ["rules", id], "key", {
        message:
          rule === undefined
            ? `There is no rule ${quoted(id)}.`
            : `The severity of ${quoted(id)} can't be set.`,
        help:
          rule === undefined
            ? suggestName(id, Object.keys(rules), "rule")
            : "Remove it; without this rule the file could not be used.",
        ...(nearest !== undefined && { fix: renameKey(["rules", id], nearest) }),
      }),
    ];
  });
}
