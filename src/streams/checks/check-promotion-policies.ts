import { checkFreezes } from "./check-freezes.ts";
import type { Checkable } from "./checkable.ts";
import { mistakeAt } from "./mistake.ts";
import type { Mistake } from "./mistake.ts";
import { quoted } from "../../quoted.ts";
import { settingsPath } from "../repository.ts";
import type { Sourced } from "../repository.ts";
import type { Channel } from "../types.ts";

/** Approvals that nobody could give, a soak without an end, and freezes that freeze nothing. */
export function checkPromotionPolicies(repository: Checkable): Mistake[] {
  const { channels, now } = repository;
  const fallback = approversOf(repository);
  return [...channels.values()].flatMap((channel) => [
    ...checkApprovals(channel, fallback),
    ...checkSoak(channel),
    ...checkFreezes(channel, now),
  ]);
}

/** Those whom the settings name; undefined where these can't be read. */
function approversOf({ files, settings, settingsFile }: Checkable): readonly string[] | undefined {
  if (settingsFile === undefined && files.has(settingsPath)) return undefined;
  if (settingsFile?.source.isGuess?.(["roles", "approvers"], "within")) return undefined;
  return (settingsFile?.value ?? settings).roles?.approvers ?? [];
}

function checkApprovals(
  { source, value }: Sourced<Channel>,
  fallback: readonly string[] | undefined,
): Mistake[] {
  const path = ["spec", "promotion", "approvals"];
  if (source.isGuess?.(path, "within")) return [];
  const { minimum, approvers = [], required = [] } = value.spec.promotion.approvals;
  const inChannel = approvers.length > 0;
  if (!inChannel && fallback === undefined) return [];
  const named = [...(inChannel ? approvers : (fallback ?? [])), ...required];
  const people = new Set(named.map((person) => person.toLowerCase()));
  // How many people a team has is known to GitHub alone.
  if (minimum === 0 || named.some((person) => person.startsWith("@"))) return [];
  if (people.size - 1 >= minimum) return [];
  const where = inChannel ? "this channel names" : "the settings name";
  return [
    mistakeAt(source, "channel-approvals-impossible", [...path, "minimum"], "value", {
      message: `${minimum} approvals are asked for, and ${where} ${people.size === 0 ? "no approver" : `${people.size}`}; who asks for a promotion never approves it.`,
      help: `Name at least ${minimum + 1} people, or a team, under ${inChannel ? "approvers" : "approvers here, or under roles.approvers in .github/okd-streams.yml"}, or lower the minimum.`,
    }),
  ];
}

const dayHours = 24;
const longestSoakDays = 90;

function checkSoak({ source, value }: Sourced<Channel>): Mistake[] {
  const { soak } = value.spec.promotion;
  if (soak === undefined) return [];
  const hours = { d: dayHours, h: 1, m: 1 / 60 }[soak.at(-1) ?? ""] ?? 0;
  const days = Math.floor((Number.parseInt(soak, 10) * hours) / dayHours);
  if (days <= longestSoakDays) return [];
  return [
    mistakeAt(source, "channel-soak-long", ["spec", "promotion", "soak"], "value", {
      message: `The soak ${quoted(soak)} is of ${days} days: a release would be old before anybody gets it.`,
      help: "The units are d for days, h for hours, m for minutes.",
    }),
  ];
}
