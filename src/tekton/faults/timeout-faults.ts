import { quoted } from "../../quoted.ts";
import type { NodePath } from "../../yaml/types.ts";
import { parseDuration } from "../duration.ts";
import type { Timeouts } from "../types.ts";
import type { TektonFault } from "./tekton-fault.ts";

/** A text that must be a duration, where it stands at all. */
export function durationFaults(text: string | undefined, path: NodePath): TektonFault[] {
  if (text === undefined || parseDuration(text).ok) return [];
  return [
    {
      rule: "tekton-timeout",
      path,
      part: "value",
      message: `${quoted(text)} is no duration.`,
      help: "Write numbers with units, such as `1h30m` or `90s`; `0` is no limit. Tekton fills in no variables here.",
    },
  ];
}

/** Milliseconds, Infinity for no limit; undefined where nothing, or no duration, is written. */
export function limitOf(text: string | undefined): number | undefined {
  const parsed = text === undefined ? undefined : parseDuration(text);
  if (parsed?.ok !== true) return undefined;
  return parsed.value === 0 ? Number.POSITIVE_INFINITY : parsed.value;
}

const hour = 3_600_000;

/** What is wrong with the `timeouts` of a PipelineRun, each by itself and all together. */
export function timeoutsFaults(timeouts: Timeouts | undefined, at: NodePath): TektonFault[] {
  if (timeouts === undefined) return [];
  const fields = ["pipeline", "tasks", "finally"] as const;
  const invalid = fields.flatMap((field) => durationFaults(timeouts[field], [...at, field]));
  return invalid.length > 0 ? invalid : sumFaults(timeouts, at);
}

function sumFaults(timeouts: Timeouts, at: NodePath): TektonFault[] {
  const whole = limitOf(timeouts.pipeline) ?? hour;
  const ofWhole =
    timeouts.pipeline === undefined
      ? "the one hour that a pipeline has by default"
      : `\`pipeline\`, ${timeouts.pipeline}`;
  const tooLong = (field: "tasks" | "finally", message: string, help?: string): TektonFault[] => [
    {
      rule: "tekton-timeout",
      path: [...at, field],
      part: "value",
      message,
      help: help ?? "Shorten it, or let `pipeline` be at least the sum of `tasks` and `finally`.",
    },
  ];
  const tasks = limitOf(timeouts.tasks);
  const lastly = limitOf(timeouts.finally);
  if (tasks !== undefined && tasks > whole) {
    return tooLong("tasks", `\`tasks\` is longer than ${ofWhole}.`);
  }
  if (lastly !== undefined && lastly > whole) {
    return tooLong("finally", `\`finally\` is longer than ${ofWhole}.`);
  }
  if (tasks === undefined || lastly === undefined) return [];
  if (whole === Number.POSITIVE_INFINITY) {
    // Tekton takes the 0 of an unlimited pipeline for a number here, which any sum exceeds.
    if (tasks === whole && lastly === whole) return [];
    return tooLong(
      "finally",
      "Tekton refuses `tasks` and `finally` together where `pipeline` has no limit.",
      "Write one of the two, or give both no limit with `0`.",
    );
  }
  if (tasks + lastly <= whole) return [];
  return tooLong("finally", `\`tasks\` and \`finally\` together are longer than ${ofWhole}.`);
}
