import { taskParams } from "../tekton/task-params.ts";
import type { Begin } from "./begin-together.ts";
import { condition, failure, timestamp } from "./conditions.ts";
import type { RunnerContext } from "./context.ts";
import type { RunControl } from "./pipelines/run-control.ts";
import { resolveTaskRun } from "./resolve-task-run.ts";
import { runTask, type TaskWork } from "./run-task.ts";
import type { Outcome, TaskRunObject } from "./types.ts";

/** Why a TaskRun ends without a step, as far as that shows before: its attempt will say so. */
function refusalOf({ task, spec }: TaskWork): Outcome | undefined {
  const params = taskParams(task.spec.params ?? [], spec.params ?? []);
  if ("fault" in params) return failure(params.fault.reason, params.fault.message);
  const bound = (spec.workspaces ?? []).map(({ name }) => name);
  const unbound = (task.spec.workspaces ?? []).find(
    ({ name, optional = false }) => !optional && !bound.includes(name),
  );
  if (unbound === undefined) return undefined;
  return failure("TaskRunValidationFailed", `workspace "${unbound.name}" is not bound`);
}

/** Carries out a TaskRun that no pipeline has, when it may begin. */
export async function executeTaskRun(
  context: RunnerContext,
  run: TaskRunObject,
  control: RunControl,
  begin: Begin,
): Promise<void> {
  const resolved = await resolveTaskRun(context, run);
  if ("work" in resolved) {
    const { work } = resolved;
    const refusal = refusalOf(work);
    const mayBegin = await begin(refusal);
    if (!mayBegin && refusal === undefined) return;
    await context.queue.add(() => runTask(context, work, control.tasksSignal));
    return;
  }
  const { outcome, task } = resolved;
  await begin(outcome);
  context.store.taskRuns.update({
    ...run,
    ...(task !== undefined && { metadata: task.metadata }),
    status: {
      ...run.status,
      ...(task !== undefined && { taskSpec: task.spec }),
      conditions: [condition(outcome)],
      completionTime: timestamp(),
    },
  });
}
