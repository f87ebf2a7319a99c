import { ok, type Result } from "../problem.ts";
import { parseDuration } from "./duration.ts";
import type { Timeouts } from "./types.ts";

/** Milliseconds; Infinity where there is no limit. */
export interface RunTimeouts {
  readonly pipeline: number;
  /** Of all tasks together; none but the pipeline's where the run gives none. */
  readonly tasks: number;
  readonly finally: number;
  /** Of each TaskRun that has no timeout of its own, by where its task stands. */
  readonly each: { readonly tasks: number; readonly finally: number };
}

const hour = 3_600_000;
const none = Number.POSITIVE_INFINITY;

function limit(text: string | undefined): Result<number | undefined> {
  if (text === undefined) return ok(undefined);
  const parsed = parseDuration(text);
  return parsed.ok && parsed.value === 0 ? ok(none) : parsed;
}

/** What one part leaves of the whole, where both are given and limited. */
function remainder(whole: number | undefined, part: number | undefined): number | undefined {
  if (whole === undefined || part === undefined) return undefined;
  return Number.isFinite(whole) && Number.isFinite(part) ? Math.max(0, whole - part) : undefined;
}

/**
 * A run's limits with Tekton's defaults: one hour for the pipeline, and one hour for each TaskRun whatever the
 * pipeline's limit, unless the part of the pipeline that it stands in is given longer.
 * https://tekton.dev/docs/pipelines/pipelineruns/#configuring-a-failure-timeout
 */
export function runTimeouts(timeouts: Timeouts = {}): Result<RunTimeouts> {
  const pipeline = limit(timeouts.pipeline);
  if (!pipeline.ok) return pipeline;
  const tasks = limit(timeouts.tasks);
  if (!tasks.ok) return tasks;
  const lastly = limit(timeouts.finally);
  if (!lastly.ok) return lastly;
  const forTasks = tasks.value ?? remainder(pipeline.value, lastly.value);
  const forFinally = lastly.value ?? remainder(pipeline.value, tasks.value);
  return ok({
    pipeline: pipeline.value ?? hour,
    tasks: forTasks ?? none,
    finally: forFinally ?? none,
    each: { tasks: Math.max(hour, forTasks ?? hour), finally: Math.max(hour, forFinally ?? hour) },
  });
}
