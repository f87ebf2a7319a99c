import { EventEmitter, once } from "node:events";
import type { Outcome } from "../types.ts";
import { decideTask, type ReadyTask } from "./decide-task.ts";
import type { Execution, Group } from "./execution.ts";
import { launchTask } from "./launch-task.ts";
import { nextMove } from "./schedule.ts";

type Move = ReadyTask | "settled" | "refused" | "none";

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
  let ended = 0;
  let thrown: { readonly fault: unknown } | undefined;
  const nothing: ReadonlySet<string> = new Set();
  let broken: Outcome | undefined;

  const cannotRun = (name: string, message: string, outcome: Outcome | undefined): void => {
    broken ??= outcome;
    progress.states.set(name, { phase: "invalid", message });
    if (group.memberOf === "tasks" && outcome === undefined) control.taskFailed();
  };

  const tellEnd = (): void => {
    ended += 1;
    ends.emit("end");
  };
  const launch = (ready: ReadyTask): void => {
    const { name } = ready.task;
    progress.states.set(name, { phase: "running" });
    running += 1;
    void launchTask(ready, group, execution).then(
      (outcome) => {
        running -= 1;
        if (outcome !== undefined) cannotRun(name, outcome.message, outcome);
        tellEnd();
      },
      (fault: unknown) => {
        thrown ??= { fault };
        tellEnd();
      },
    );
  };

  /** What comes of a task now: its start, if that is due, or whether anything else about it changed. */
  const move = async (task: Group["tasks"][number]): Promise<Move> => {
    const halt = group.memberOf === "tasks" ? control.haltTasks : control.haltFinally;
    const next = nextMove(group.dependencies.get(task.name) ?? nothing, progress.states, halt);
    if (next === "wait" || next === "never") return "none";
    const decision = next === "ready" ? await decideTask(task, group, execution) : next;
    if ("combinations" in decision) return decision;
    if ("skip" in decision) {
      progress.states.set(task.name, { phase: "skipped", reason: decision.skip });
      return "settled";
    }
    if ("broken" in decision) cannotRun(task.name, decision.broken.message, decision.broken);
    else cannotRun(task.name, decision.invalid, undefined);
    return "refused";
  };

  for (;;) {
    if (thrown !== undefined) throw thrown.fault;
    const endedBefore = ended;
    // A fault of the run itself ends it where it stands: nothing is decided any more, no finally task starts.
    const undecided =
      broken === undefined ? group.tasks.filter(({ name }) => !progress.states.has(name)) : [];
    const moves: Move[] = [];
    for (const task of undecided) moves.push(await move(task));
    // Of those that are due together none starts where one cannot.
    if (!moves.includes("refused")) {
      for (const ready of moves) if (typeof ready === "object") launch(ready);
    }
    if (moves.some((one) => one !== "none")) execution.report();
    // While some were decided on, others ended, and nobody waited to hear of it.
    else if (ended > endedBefore) continue;
    else if (running > 0) await once(ends, "end");
    else break;
  }
  stopClock();
  return broken;
}
