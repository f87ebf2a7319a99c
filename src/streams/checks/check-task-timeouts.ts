import { placedTasks, type PlacedTask } from "../../tekton/faults/placed-task.ts";
import { limitOf } from "../../tekton/faults/timeout-faults.ts";
import type { Pipeline } from "../../tekton/types.ts";
import { runTimeouts } from "../runs/run-timeouts.ts";
import { mistakeAt } from "./mistake.ts";
import type { Mistake } from "./mistake.ts";
import type { PipelineUseSite } from "./pipeline-uses.ts";

interface TimedTask extends PlacedTask {
  /** Milliseconds. */
  readonly timeout: number;
}

/** Many streams ask about the few pipelines of a repository. */
const known = new WeakMap<Pipeline, readonly TimedTask[]>();

function timedTasks(pipeline: Pipeline): readonly TimedTask[] {
  const before = known.get(pipeline);
  if (before !== undefined) return before;
  const timed = placedTasks(pipeline.spec, []).flatMap((placed): TimedTask[] => {
    const timeout = limitOf(placed.task.timeout) ?? 0;
    return timeout > 0 && Number.isFinite(timeout) ? [{ ...placed, timeout }] : [];
  });
  known.set(pipeline, timed);
  return timed;
}

/** Tasks of a pipeline that may take longer than the run gives all of them together. */
export function checkTaskTimeouts(
  { source, at, use }: PipelineUseSite,
  pipeline: Pipeline,
): Mistake[] {
  const timed = timedTasks(pipeline);
  if (timed.length === 0) return [];
  const timeouts = runTimeouts(use.timeouts ?? {});
  return (["tasks", "finally"] as const).flatMap((section): Mistake[] => {
    const limit = limitOf(timeouts[section]) ?? Number.POSITIVE_INFINITY;
    const tooLong = timed.filter(({ timeout, section: own }) => own === section && timeout > limit);
    if (tooLong.length === 0) return [];
    const named = tooLong.map(({ task }) => `\`${task.name}\` (${task.timeout ?? ""})`).join(", ");
    const field = use.timeouts?.[section] === undefined ? "pipeline" : section;
    const from = use.timeouts === undefined ? " by default" : "";
    return [
      mistakeAt(source, "timeout-unreachable", [...at, "timeouts", field], "key", {
        message: `The run ends its ${section === "tasks" ? "tasks" : "`finally` tasks"} after ${timeouts[section]}${from}, before the timeout of ${named}.`,
        help: "Give it more time under `timeouts`, or shorten the timeouts of the tasks.",
      }),
    ];
  });
}
