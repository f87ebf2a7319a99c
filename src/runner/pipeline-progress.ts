import { resultReferences } from "../tekton/references.ts";
import { substituteValue, type Variables } from "../tekton/substitute.ts";
import type { ParamValue, PipelineTask } from "../tekton/types.ts";
import type { ResolvedPipeline } from "./resolve-pipeline.ts";
import { aggregateStatus, taskStatus, type TaskState } from "./schedule.ts";
import type { Outcome, PipelineRunStatus, StopReason, TaskRunObject } from "./types.ts";

/** What a run has come to so far. */
export interface Progress {
  readonly states: Map<string, TaskState>;
  readonly taskRuns: Map<string, TaskRunObject>;
}

function phaseCount(progress: Progress, ...phases: readonly TaskState["phase"][]): number {
  return [...progress.states.values()].filter((state) => phases.includes(state.phase)).length;
}

/** Tekton's sentence for a run: `Tasks Completed: 3 (Failed: 0, Cancelled 0), Incomplete: 2, Skipped: 1`. */
export function progressMessage(progress: Progress, incomplete?: number): string {
  const failed = phaseCount(progress, "failed", "ignored");
  const cancelled = phaseCount(progress, "cancelled");
  const completed = phaseCount(progress, "succeeded") + failed + cancelled;
  const rest = incomplete === undefined ? "" : `, Incomplete: ${incomplete}`;
  const skipped = phaseCount(progress, "skipped");
  return `Tasks Completed: ${completed} (Failed: ${failed}, Cancelled ${cancelled})${rest}, Skipped: ${skipped}`;
}

/** The results that tasks have given, as variables; those of failed tasks too. */
function resultVariables(progress: Progress): [string, ParamValue][] {
  return [...progress.taskRuns].flatMap(([task, run]) =>
    (run.status.results ?? []).map(({ name, value }): [string, ParamValue] => [
      `tasks.${task}.results.${name}`,
      value,
    ]),
  );
}

/** What a task of the pipeline can name at this moment. */
export function pipelineTaskVariables(
  pipeline: ResolvedPipeline,
  task: PipelineTask,
  progress: Progress,
  memberOf: "tasks" | "finally",
): Variables {
  const names = pipeline.spec.tasks.map((other) => other.name);
  const statuses =
    memberOf === "tasks"
      ? []
      : [
          ["tasks.status", aggregateStatus(names, progress.states)] as const,
          ...names.flatMap((name) => {
            const state = progress.states.get(name);
            const reason = state === undefined || !("reason" in state) ? "None" : state.reason;
            return [
              [`tasks.${name}.status`, taskStatus(state)],
              [`tasks.${name}.reason`, state?.phase === "skipped" ? "None" : reason],
            ] as const;
          }),
        ];
  return new Map<string, ParamValue>([
    ...pipeline.variables,
    ["context.pipelineTask.retries", String(task.retries ?? 0)],
    ...resultVariables(progress),
    ...statuses,
  ]);
}

/** The first result that a task uses and that was not given, with the phase of the task that should have. */
export function missingResult(
  task: PipelineTask,
  progress: Progress,
): { readonly task: string; readonly result: string; readonly skipped: boolean } | undefined {
  for (const { task: producer, result } of resultReferences([task.params, task.when])) {
    const results = progress.taskRuns.get(producer)?.status.results ?? [];
    if (results.some(({ name }) => name === result)) continue;
    const skipped = progress.states.get(producer)?.phase === "skipped";
    return { task: producer, result, skipped };
  }
  return undefined;
}

/** The pipeline's results; one that needs a result of a task that gave none is left out. */
export function pipelineResults(
  pipeline: ResolvedPipeline,
  progress: Progress,
): NonNullable<PipelineRunStatus["results"]> {
  const variables = new Map<string, ParamValue>([
    ...pipeline.variables,
    ...resultVariables(progress),
  ]);
  return (pipeline.spec.results ?? []).flatMap(({ name, value }) => {
    const wanted = resultReferences(value);
    const complete = wanted.every((reference) => {
      const results = progress.taskRuns.get(reference.task)?.status.results ?? [];
      const succeeded = progress.states.get(reference.task)?.phase === "succeeded";
      return succeeded && results.some((result) => result.name === reference.result);
    });
    return complete ? [{ name, value: substituteValue(value, variables) }] : [];
  });
}

/** How a run whose tasks are all decided ended. */
export function pipelineOutcome(
  progress: Progress,
  ended: StopReason | undefined,
  name: string,
): Outcome {
  const message = progressMessage(progress);
  const cut = [...progress.states.values()].some(
    (state) =>
      state.phase === "cancelled" ||
      (state.phase === "skipped" && /cancelled|stopped|timeout/.test(state.reason)),
  );
  if (ended === "timeout" && cut) {
    const text = `PipelineRun "${name}" failed to finish within its time. ${message}`;
    return { status: "False", reason: "PipelineRunTimeout", message: text };
  }
  if (ended === "cancelled" && cut) {
    const text = `PipelineRun "${name}" was cancelled. ${message}`;
    return { status: "False", reason: "Cancelled", message: text };
  }
  if (phaseCount(progress, "failed", "cancelled") > 0) {
    return { status: "False", reason: "Failed", message };
  }
  const reason = phaseCount(progress, "skipped") > 0 ? "Completed" : "Succeeded";
  return { status: "True", reason, message };
}
