import type { PipelineTask } from "../tekton/types.ts";
import { failure } from "./conditions.ts";
import { evaluateWhen } from "./evaluate-when.ts";
import { missingResult, pipelineTaskVariables, type Progress } from "./pipeline-progress.ts";
import type { ResolvedPipeline } from "./resolve-pipeline.ts";
import type { RunControl } from "./run-control.ts";
import { nextMove, type SkipReason } from "./schedule.ts";
import type { Outcome } from "./types.ts";

/** A run that cannot go on, found while it runs. */
interface Broken {
  readonly broken: Outcome;
}

/** The tasks of a pipeline, or its finally tasks. */
export interface Group {
  readonly memberOf: "tasks" | "finally";
  readonly tasks: readonly PipelineTask[];
  readonly dependencies: ReadonlyMap<string, ReadonlySet<string>>;
  readonly signal: AbortSignal;
}

export interface GroupContext {
  readonly pipeline: ResolvedPipeline;
  readonly progress: Progress;
  readonly control: RunControl;
  readonly launch: (task: PipelineTask, group: Group) => Promise<void>;
  readonly report: () => void;
}

/** What becomes of a task whose dependencies are over: it starts, is skipped, or breaks the run. */
function decide(
  task: PipelineTask,
  group: Group,
  { pipeline, progress }: GroupContext,
): "start" | { readonly skip: SkipReason } | Broken {
  const missing = missingResult(task, progress);
  if (missing !== undefined) {
    if (missing.skipped || group.memberOf === "finally") return { skip: "Results were missing" };
    const message = `task "${task.name}" needs the result "${missing.result}", which task "${missing.task}" did not give`;
    return { broken: failure("PipelineValidationFailed", message) };
  }
  const variables = pipelineTaskVariables(pipeline, task, progress, group.memberOf);
  const holds = evaluateWhen(task.when ?? [], variables);
  if (!holds.ok) {
    return { broken: failure("CELEvaluationFailed", `task "${task.name}": ${holds.problem.what}`) };
  }
  return holds.value ? "start" : { skip: "When Expressions evaluated to false" };
}

/**
 * Runs the tasks of one group as their dependencies end, until each is decided. Gives the outcome of the run where one
 * of them cannot be decided. `stopClock` ends the group's time limit.
 */
export async function runGroup(
  group: Group,
  shared: GroupContext,
  stopClock: () => void,
): Promise<Outcome | undefined> {
  const { progress, control } = shared;
  const running = new Map<string, Promise<void>>();
  let broken: Broken | undefined;
  for (;;) {
    let moved = false;
    for (const task of group.tasks) {
      if (progress.states.has(task.name)) continue;
      const halt = group.memberOf === "tasks" ? control.haltTasks : control.haltFinally;
      const move = nextMove(group.dependencies.get(task.name) ?? new Set(), progress.states, halt);
      if (move === "wait") continue;
      moved = true;
      const next = move === "ready" ? decide(task, group, shared) : move;
      if (next !== "start" && "broken" in next) {
        broken ??= next;
        control.taskFailed();
        progress.states.set(task.name, { phase: "skipped", reason: "Results were missing" });
        continue;
      }
      if (next !== "start") {
        progress.states.set(task.name, { phase: "skipped", reason: next.skip });
        continue;
      }
      progress.states.set(task.name, { phase: "running" });
      const done = shared.launch(task, group).finally(() => running.delete(task.name));
      running.set(task.name, done);
    }
    if (moved) {
      shared.report();
      continue;
    }
    if (running.size === 0) break;
    await Promise.race(running.values());
  }
  stopClock();
  return broken?.broken;
}
