import type { WhenExpression } from "../../tekton/types.ts";
import type { ChildReference, PipelineRunObject, SkippedTask, TaskRunObject } from "../types.ts";
import type { RunControl } from "./run-control.ts";
import type { TaskState } from "./schedule.ts";

/** What a run has come to so far, by the names of the pipeline's tasks. */
export interface Progress {
  readonly states: Map<string, TaskState>;
  /** The runs of each task that has ended: one, or one for each combination of its matrix. */
  readonly runs: Map<string, readonly (TaskRunObject | PipelineRunObject)[]>;
  readonly children: Map<string, readonly ChildReference[]>;
  /** When expressions with everything filled in that was known when they were looked at. */
  readonly when: Map<string, readonly WhenExpression[]>;
}

export function startProgress(): Progress {
  return { states: new Map(), runs: new Map(), children: new Map(), when: new Map() };
}

/** How many tasks of a run are where. */
export interface Counts {
  readonly succeeded: number;
  readonly failed: number;
  readonly ignored: number;
  readonly cancelled: number;
  readonly skipped: number;
  readonly skippedByTimeout: number;
  readonly invalid: number;
}

export function countTasks({ states }: Progress): Counts {
  const all = [...states.values()];
  const count = (phase: TaskState["phase"]): number =>
    all.filter((state) => state.phase === phase).length;
  return {
    succeeded: count("succeeded"),
    failed: count("failed"),
    ignored: count("ignored"),
    cancelled: count("cancelled"),
    skipped: count("skipped"),
    skippedByTimeout: all.filter(
      (state) => state.phase === "skipped" && state.reason.endsWith("timeout has been reached"),
    ).length,
    invalid: count("invalid"),
  };
}

/** Tekton's sentence for a run: `Tasks Completed: 3 (Failed: 0, Cancelled 0), Incomplete: 2, Skipped: 1`. */
export function progressMessage(counts: Counts, incomplete?: number): string {
  const { succeeded, failed, ignored, cancelled, skipped } = counts;
  const completed = succeeded + failed + ignored + cancelled;
  if (incomplete !== undefined) {
    return `Tasks Completed: ${completed} (Failed: ${failed}, Cancelled ${cancelled}), Incomplete: ${incomplete}, Skipped: ${skipped}`;
  }
  const forgiven = ignored === 0 ? "" : ` (Ignored: ${ignored})`;
  return `Tasks Completed: ${completed} (Failed: ${failed + ignored}${forgiven}, Cancelled ${cancelled}), Skipped: ${skipped}`;
}

/**
 * The tasks that were skipped, in the pipeline's order. Once a run stops, Tekton gives that as the reason of all that
 * did not start, also of those that it had skipped before.
 */
export function skippedTasks(
  { tasks, finally: lastly = [] }: { tasks: readonly Named[]; finally?: readonly Named[] },
  progress: Progress,
  control: RunControl,
): readonly SkippedTask[] {
  const halt = control.haltTasks;
  const stopping = halt?.skips === "all" ? halt.reason : undefined;
  const skipped = (
    { name, when }: Named,
    overruled: string | undefined,
    always: boolean,
  ): readonly SkippedTask[] => {
    const state = progress.states.get(name);
    if (state?.phase !== "skipped") return [];
    const reason = overruled ?? state.reason;
    const shown = always || reason === "When Expressions evaluated to false";
    const whenExpressions = shown ? (progress.when.get(name) ?? when ?? []) : [];
    return [{ name, reason, ...(whenExpressions.length > 0 && { whenExpressions }) }];
  };
  return [
    ...tasks.flatMap((task) => skipped(task, stopping, true)),
    ...lastly.flatMap((task) => skipped(task, undefined, false)),
  ];
}

interface Named {
  readonly name: string;
  readonly when?: readonly WhenExpression[];
}
