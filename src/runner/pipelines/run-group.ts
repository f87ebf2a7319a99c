import { EventEmitter, once } from "node:events";
import type { Outcome } from "../types.ts";
import { decideTask } from "./decide-task.ts";
import type { Execution, Group } from "./execution.ts";
import { launchTask } from "./launch-task.ts";
import { nextMove } from "./schedule.ts";

/**
 * Runs the tasks of one group as their dependencies end, until each is decided or nothing starts any more. Gives the
 * outcome of the run where one of them ends all. `stopClock` ends the group's time limit.
 */
export async function runGroup(
  group: Group,
  execution: Execution,
  stopClock: () => void,
): Promise<Outcome | undefined> {
  const { progress, control } = execution;
  // One promise at a time to wait for: a race of all that run would cost each of them anew with every end.
  const ends = new EventEmitter();
  let running = 0;
  let thrown: { readonly fault: unknown } | undefined;
  const nothing: ReadonlySet<string> = new Set();
  let broken: Outcome | undefined;

  const cannotRun = (name: string, message: string, outcome: Outcome | undefined): void => {
    broken ??= outcome;
    progress.states.set(name, { phase: "invalid", message });
    if (group.memberOf === "tasks") control.taskFailed();
  };

  /** Whether anything about this task changed. */
  const move = async (task: Group["tasks"][number]): Promise<boolean> => {
    const halt = group.memberOf === "tasks" ? control.haltTasks : control.haltFinally;
    const next = nextMove(group.dependencies.get(task.name) ?? nothing, progress.states, halt);
    if (next === "wait" || next === "never") return false;
    const decision = next === "ready" ? await decideTask(task, group, execution) : next;
    if ("skip" in decision) {
      progress.states.set(task.name, { phase: "skipped", reason: decision.skip });
    } else if ("combinations" in decision) {
      progress.states.set(task.name, { phase: "running" });
      running += 1;
      void launchTask(decision, group, execution).then(
        (outcome) => {
          running -= 1;
          if (outcome !== undefined) cannotRun(task.name, outcome.message, outcome);
          ends.emit("end");
        },
        (fault: unknown) => {
          thrown ??= { fault };
          ends.emit("end");
        },
      );
    } else if ("broken" in decision) {
      cannotRun(task.name, decision.broken.message, decision.broken);
    } else {
      cannotRun(task.name, decision.invalid, undefined);
    }
    return true;
  };

  for (;;) {
    if (thrown !== undefined) throw thrown.fault;
    const undecided = group.tasks.filter(({ name }) => !progress.states.has(name));
    let moved = false;
    for (const task of undecided) moved = (await move(task)) || moved;
    if (moved) execution.report();
    else if (running > 0) await once(ends, "end");
    else break;
  }
  stopClock();
  return broken;
}
