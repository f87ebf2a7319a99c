import type { Checkable } from "./checkable.ts";
import { mistakeAt } from "./mistake.ts";
import type { Mistake } from "./mistake.ts";
import { isTimeZone } from "../runs/next-instants.ts";
import { quoted } from "../../quoted.ts";
import type { Sourced } from "../repository.ts";
import type { Channel, Freeze } from "../types.ts";

/** Approvals that nobody could give, and freezes that freeze nothing. */
export function checkPromotionPolicies({ channels, settings }: Checkable): Mistake[] {
  const fallback = settings.roles?.approvers ?? [];
  return [...channels.values()].flatMap((channel) => [
    ...checkApprovals(channel, fallback),
    ...(channel.value.spec.promotion.freezes ?? []).flatMap((freeze, index) =>
      checkFreeze(channel, freeze, index),
    ),
  ]);
}

function checkApprovals(
  { source, value }: Sourced<Channel>,
  fallback: readonly string[],
): Mistake[] {
  const { minimum, approvers = [], required = [] } = value.spec.promotion.approvals;
  const inChannel = approvers.length > 0;
  const people = new Set([...(inChannel ? approvers : fallback), ...required]);
  // How many people a team has is known to GitHub alone.
  if (minimum === 0 || [...people].some((person) => person.startsWith("@"))) return [];
  if (people.size - 1 >= minimum) return [];
  const where = inChannel ? "this channel names" : "the settings name";
  return [
    mistakeAt(
      source,
      "channel-approvals-impossible",
      ["spec", "promotion", "approvals", "minimum"],
      "value",
      {
        message: `${minimum} approvals are asked for, and ${where} ${people.size === 0 ? "no approver" : `${people.size}`}; who asks for a promotion never approves it.`,
        help: `Name at least ${minimum + 1} people, or a team, under ${inChannel ? "approvers" : "approvers here, or under roles.approvers in .github/okd-streams.yml"}, or lower the minimum.`,
      },
    ),
  ];
}

function checkFreeze({ source }: Sourced<Channel>, freeze: Freeze, index: number): Mistake[] {
  const path = ["spec", "promotion", "freezes", index];
  if (freeze.timeZone !== undefined && !isTimeZone(freeze.timeZone)) {
    return [
      mistakeAt(source, "time-zone-unknown", [...path, "timeZone"], "value", {
        message: `The time zone ${quoted(freeze.timeZone)} is unknown.`,
        help: "Write an IANA name such as Europe/Berlin, or leave it out for UTC.",
      }),
    ];
  }
  for (const field of ["from", "to"] as const) {
    if (!Number.isNaN(instantOf(freeze[field]))) continue;
    return [
      mistakeAt(source, "schema-value", [...path, field], "value", {
        message: `${quoted(freeze[field])} is no day or time that exists.`,
        help: "For example: 2026-12-20 or 2026-12-20T18:00.",
      }),
    ];
  }
  // A day as `to` counts to its end, so the same day twice is a freeze of one day.
  if (instantOf(freeze.to) > instantOf(freeze.from) || isSameDay(freeze)) return [];
  return [
    mistakeAt(source, "freeze-ends-before-it-begins", [...path, "to"], "value", {
      message: `The freeze ends at ${quoted(freeze.to)}, before it begins at ${quoted(freeze.from)}.`,
      help: "Exchange from and to, or correct one.",
    }),
  ];
}

function isSameDay({ from, to }: Freeze): boolean {
  return from === to && !to.includes("T");
}

/** Both ends stand in one time zone unless they name their own, so UTC orders them as any other does. */
function instantOf(text: string): number {
  const withZone = /T.*(Z|[+-]\d{2}:\d{2})$/.test(text) || !text.includes("T") ? text : `${text}Z`;
  return Date.parse(withZone);
}
