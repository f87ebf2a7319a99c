import { placedTasks } from "../../tekton/faults/placed-task.ts";
import { limitOf } from "../../tekton/faults/timeout-faults.ts";
import type { Pipeline } from "../../tekton/types.ts";
import { runTimeouts } from "../runs/run-timeouts.ts";
import { mistakeAt } from "./mistake.ts";
import type { Mistake } from "./mistake.ts";
import type { PipelineUseSite } from "./pipeline-uses.ts";

/** Tasks of a pipeline that may take longer than the run gives all of them together. */
export function checkTaskTimeouts(
  { source, at, use }: PipelineUseSite,
  { spec }: Pipeline,
): Mistake[] {
  const timeouts = runTimeouts(use.timeouts ?? {});
  return (["tasks", "finally"] as const).flatMap((section): Mistake[] => {
    const limit = limitOf(timeouts[section]) ?? Number.POSITIVE_INFINITY;
    const tooLong = placedTasks(spec, []).filter(({ task, section: own }) => {
      const timeout = limitOf(task.timeout) ?? 0;
      return own === section && timeout > limit && Number.isFinite(timeout);
    });
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
