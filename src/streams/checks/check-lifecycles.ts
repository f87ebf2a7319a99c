import type { NodePath } from "../../yaml/types.ts";
import type { StreamSurroundings } from "./checkable.ts";
import { isDay } from "./day.ts";
import { mistakeAt } from "./mistake.ts";
import type { Mistake } from "./mistake.ts";
import { variablesIn } from "../runs/known-variables.ts";
import { quoted } from "../../quoted.ts";
import type { Sourced } from "../repository.ts";
import type { Stream } from "../types.ts";

/** Lifecycles that contradict the calendar or the triggers, and triggers that can't build. */
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
  const at = (key: "merge" | "schedule" | "afterStreams"): NodePath => ["spec", "triggers", key];
  const own = [
    ...(triggers?.merge === true ? [at("merge")] : []),
    ...(triggers?.schedule === undefined ? [] : [at("schedule")]),
  ];
  if (lifecycle?.state === "retired") {
    const all = [
      ...own,
      ...((triggers?.afterStreams ?? []).length > 0 ? [at("afterStreams")] : []),
    ];
    return all.map((path) =>
      mistakeAt(source, "trigger-of-retired", path, "key", {
        message: "The stream is retired: this never builds it.",
        help: "Remove the trigger.",
      }),
    );
  }
  const upstream = upstreamVariable(value);
  if (upstream === undefined) return [];
  return own.map((path) =>
    mistakeAt(source, "trigger-without-upstream", path, "key", {
      message: `This can't build the stream: ${quoted(upstream)} has a value only when a release of that stream is followed.`,
      help:
        path.at(-1) === "merge"
          ? "Write `merge: false`; `afterStreams` builds the stream."
          : "Remove it; `afterStreams` builds the stream.",
    }),
  );
}

/** The first value of a stream that is followed; of others none is known, which is a mistake of its own. */
function upstreamVariable({ spec }: Stream): string | undefined {
  const followed = new Set(spec.triggers?.afterStreams);
  if (followed.size === 0) return undefined;
  const names = Object.values(spec.build.params ?? {}).flatMap(variablesIn);
  const name = names.find((variable) => {
    const [of, stream = ""] = variable.split(".");
    return of === "upstream" && followed.has(stream);
  });
  return name === undefined ? undefined : `$(${name})`;
}
