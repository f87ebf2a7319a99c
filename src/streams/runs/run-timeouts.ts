import { parseDuration } from "../../tekton/duration.ts";
import type { RunRequest } from "./run-request.ts";

export interface RunTimeouts {
  readonly pipeline: string;
  readonly tasks: string;
  readonly finally: string;
}

const hour = 3_600_000;
const longestFinally = 600_000;

/**
 * The three timeouts of a run, each set: without `tasks` Tekton ends every task after an hour, whatever `pipeline`
 * says. An hour in all where nothing is given; the finally tasks get a sixth, at most ten minutes. "0s" is no limit.
 * https://tekton.dev/docs/pipelines/pipelineruns/#configuring-a-failure-timeout
 */
export function runTimeouts(given: RunRequest["timeouts"]): RunTimeouts {
  const pipeline = milliseconds(given.pipeline) ?? hour;
  if (pipeline === 0) {
    return { pipeline: "0s", tasks: given.tasks ?? "0s", finally: given.finally ?? "0s" };
  }
  const lastly =
    milliseconds(given.finally) ??
    remainder(pipeline, milliseconds(given.tasks)) ??
    Math.min(longestFinally, Math.floor(pipeline / 6000) * 1000);
  const tasks = milliseconds(given.tasks) ?? Math.max(0, pipeline - lastly);
  return { pipeline: goDuration(pipeline), tasks: goDuration(tasks), finally: goDuration(lastly) };
}

function remainder(pipeline: number, tasks: number | undefined): number | undefined {
  return tasks === undefined ? undefined : Math.max(0, pipeline - tasks);
}

function milliseconds(text: string | undefined): number | undefined {
  const parsed = text === undefined ? undefined : parseDuration(text);
  return parsed?.ok === true ? parsed.value : undefined;
}

function goDuration(duration: number): string {
  const seconds = Math.floor(duration / 1000);
  return `${Math.floor(seconds / 3600)}h${Math.floor(seconds / 60) % 60}m${seconds % 60}s`;
}
