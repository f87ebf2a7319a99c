import type { NodePath } from "../../yaml/types.ts";
import { checkTimeZone } from "./check-schedules.ts";
import { isDay } from "./day.ts";
import { mistakeAt } from "./mistake.ts";
import type { Mistake } from "./mistake.ts";
import { quoted } from "../../quoted.ts";
import type { Sourced } from "../repository.ts";
import type { Channel, Freeze } from "../types.ts";

interface PlacedFreeze {
  readonly path: NodePath;
  readonly freeze: Freeze;
  /** Milliseconds as if in UTC; the end is exclusive. */
  readonly begin: number;
  readonly end: number;
}

const dayMilliseconds = 24 * 3_600_000;
const longestFreezeDays = 366;
/** No time zone is further from UTC. */
const furthestZone = 14 * 3_600_000;

/** Freezes that can't be read, freeze nothing, are over, never end, or stand within another. */
export function checkFreezes(channel: Sourced<Channel>, now: Date): Mistake[] {
  const mistakes: Mistake[] = [];
  const good: PlacedFreeze[] = [];
  (channel.value.spec.promotion.freezes ?? []).forEach((freeze, index) => {
    const path = ["spec", "promotion", "freezes", index];
    if (channel.source.isGuess?.(path, "within")) return;
    const unreadable = checkReadable(channel, path, freeze);
    mistakes.push(...unreadable);
    if (unreadable.length > 0) return;
    const placed = placeOf(path, freeze);
    const contradiction = checkLength(channel, placed, now);
    mistakes.push(...contradiction);
    if (contradiction.length === 0) good.push(placed);
  });
  return [...mistakes, ...checkContained(channel, good)];
}

function checkReadable({ source }: Sourced<Channel>, path: NodePath, freeze: Freeze): Mistake[] {
  const zone = checkTimeZone(source, [...path, "timeZone"], freeze.timeZone);
  if (zone.length > 0) return zone;
  const field = (["from", "to"] as const).find((end) => Number.isNaN(instantOf(freeze[end])));
  if (field === undefined) return [];
  return [
    mistakeAt(source, "schema-value", [...path, field], "value", {
      message: `${quoted(freeze[field])} is no day or time that exists.`,
      help: "For example: 2026-12-20 or 2026-12-20T18:00.",
    }),
  ];
}

function placeOf(path: NodePath, freeze: Freeze): PlacedFreeze {
  const to = instantOf(freeze.to);
  // A day as `to` counts to its end, so the same day twice is a freeze of one day.
  const end = freeze.to.includes("T") ? to : to + dayMilliseconds;
  return { path, freeze, begin: instantOf(freeze.from), end };
}

/** Both ends stand in one time zone unless they name their own, so UTC orders them as any other does. */
function instantOf(text: string): number {
  const [day = "", time] = text.split("T");
  if (!isDay(day)) return Number.NaN;
  const hasZone = time === undefined || /Z|[+-]/.test(time);
  return Date.parse(hasZone ? text : `${text}Z`);
}

function checkLength(
  { source }: Sourced<Channel>,
  { path, freeze, begin, end }: PlacedFreeze,
  now: Date,
): Mistake[] {
  const endPath = [...path, "to"];
  if (end <= begin) {
    return [
      mistakeAt(source, "freeze-ends-before-it-begins", endPath, "value", {
        message: `The freeze ends at ${quoted(freeze.to)}, before it begins at ${quoted(freeze.from)}.`,
        help: "Exchange from and to, or correct one.",
      }),
    ];
  }
  const days = Math.floor((end - begin) / dayMilliseconds);
  if (days > longestFreezeDays) {
    return [
      mistakeAt(source, "freeze-long", endPath, "value", {
        message: `The freeze lasts ${days} days.`,
        help: "Correct the year; a channel that gets no releases for so long is better removed.",
      }),
    ];
  }
  if (end + furthestZone > now.getTime()) return [];
  return [
    mistakeAt(source, "freeze-over", endPath, "value", {
      message: `The freeze ended at ${quoted(freeze.to)}: it freezes nothing any more.`,
      help: "Remove it, or correct the year.",
    }),
  ];
}

/** A channel has at most 50 freezes. */
function checkContained({ source }: Sourced<Channel>, freezes: readonly PlacedFreeze[]): Mistake[] {
  return freezes.flatMap((freeze, index) => {
    const around = freezes.find((other, otherIndex) => {
      const equal = other.begin === freeze.begin && other.end === freeze.end;
      const contains = other.begin <= freeze.begin && other.end >= freeze.end;
      return contains && (equal ? otherIndex < index : other !== freeze);
    });
    if (around === undefined) return [];
    const { from, to } = around.freeze;
    return [
      mistakeAt(source, "freeze-within-another", [...freeze.path, "from"], "value", {
        message: `The channel is frozen then anyway, from ${quoted(from)} to ${quoted(to)}.`,
        help: "Remove one of the two, or correct the days.",
      }),
    ];
  });
}
