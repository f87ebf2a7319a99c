import type { StreamSurroundings } from "./checkable.ts";
import { isDay } from "./day.ts";
import { mistakeAt } from "./mistake.ts";
import type { Mistake } from "./mistake.ts";
import { quoted } from "../../quoted.ts";
import type { Sourced } from "../repository.ts";
import type { Stream } from "../types.ts";

/** Lifecycles that contradict the calendar or the triggers. */
export function checkLifecycles(
  stream: Sourced<Stream>,
  { now }: Pick<StreamSurroundings, "now">,
): Mistake[] {
  return [...checkEndOfLife(stream, now), ...checkTriggers(stream)];
}

function checkEndOfLife({ source, value }: Sourced<Stream>, now: Date): Mistake[] {
  const { state = "active", endOfLife } = value.spec.lifecycle ?? {};
  if (endOfLife === undefined) return [];
  const path = ["spec", "lifecycle", "endOfLife"];
  if (!isDay(endOfLife)) {
    return [
      mistakeAt(source, "schema-value", path, "value", {
        message: `${quoted(endOfLife)} is no day that exists.`,
        help: "For example: 2027-06-30.",
      }),
    ];
  }
  // The day itself is the last on which the stream is maintained.
  if (state !== "active" || endOfLife >= now.toISOString().slice(0, 10)) return [];
  return [
    mistakeAt(source, "end-of-life-passed", path, "value", {
      message: `The stream is active, and its end of life was ${endOfLife}.`,
      help: "Write `state: retired`, or a later day.",
    }),
  ];
}

function checkTriggers({ source, value }: Sourced<Stream>): Mistake[] {
  const { triggers, lifecycle } = value.spec;
  if (lifecycle?.state !== "retired") return [];
  const set = [
    ...(triggers?.merge === true ? ["merge"] : []),
    ...(triggers?.schedule === undefined ? [] : ["schedule"]),
    ...((triggers?.afterStreams ?? []).length > 0 ? ["afterStreams"] : []),
  ];
  return set.map((trigger) =>
    mistakeAt(source, "trigger-of-retired", ["spec", "triggers", trigger], "key", {
      message: "The stream is retired: this never builds it.",
      help: "Remove the trigger.",
    }),
  );
}
