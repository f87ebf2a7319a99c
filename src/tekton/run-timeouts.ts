import { ok, type Result } from "../problem.ts";
import { parseDuration } from "./duration.ts";
import type { Timeouts } from "./types.ts";

/** Milliseconds; Infinity where there is no limit. */
export interface RunTimeouts {
  readonly pipeline: number;
  readonly tasks: number;
  readonly finally: number;
  /** For each TaskRun that has no timeout of its own. */
  readonly task: number;
}

const hour = 3_600_000;

function limit(text: string | undefined, otherwise: number): Result<number> {
  if (text === undefined) return ok(otherwise);
  const parsed = parseDuration(text);
  return parsed.ok && parsed.value === 0 ? ok(Number.POSITIVE_INFINITY) : parsed;
}

/** What remains of the whole; nothing can be taken from, or leave anything of, a run without limit. */
function remainder(whole: number, part: number): number {
  return Number.isFinite(whole) && Number.isFinite(part) ? Math.max(0, whole - part) : whole;
}

/**
 * A run's limits with Tekton's defaults: one hour for the pipeline, and one hour for each TaskRun whatever the
 * pipeline's limit, unless `timeouts.tasks` says otherwise.
 * https://tekton.dev/docs/pipelines/pipelineruns/#configuring-a-failure-timeout
 */
export function runTimeouts(timeouts: Timeouts = {}): Result<RunTimeouts> {
  const pipeline = limit(timeouts.pipeline, hour);
  if (!pipeline.ok) return pipeline;
  const tasks = limit(timeouts.tasks, Number.NaN);
  if (!tasks.ok) return tasks;
  const lastly = limit(timeouts.finally, Number.NaN);
  if (!lastly.ok) return lastly;
  const tasksGiven = !Number.isNaN(tasks.value);
  const finallyGiven = !Number.isNaN(lastly.value);
  const forTasks = finallyGiven ? remainder(pipeline.value, lastly.value) : pipeline.value;
  const forFinally = tasksGiven ? remainder(pipeline.value, tasks.value) : pipeline.value;
  return ok({
    pipeline: pipeline.value,
    tasks: tasksGiven ? tasks.value : forTasks,
    finally: finallyGiven ? lastly.value : forFinally,
    task: tasksGiven ? tasks.value : hour,
  });
}
