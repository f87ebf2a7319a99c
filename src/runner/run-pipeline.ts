import { pipelineDependencies } from "../tekton/pipeline-graph.ts";
import type { PipelineTask } from "../tekton/types.ts";
import { condition, timestamp } from "./conditions.ts";
import type { RunnerContext } from "./context.ts";
import {
  pipelineOutcome,
  pipelineResults,
  pipelineTaskVariables,
  progressMessage,
  type Progress,
} from "./pipeline-progress.ts";
import { pipelineTaskWork } from "./pipeline-task-work.ts";
import { resolvePipeline } from "./resolve-pipeline.ts";
import type { RunControl } from "./run-control.ts";
import { runTask } from "./run-task.ts";
import { runGroup, type Group } from "./run-group.ts";
import type { TaskState } from "./schedule.ts";
import type { Outcome, PipelineRunObject, PipelineRunStatus, TaskRunObject } from "./types.ts";

type Children = NonNullable<PipelineRunStatus["childReferences"]>;

function stateOf(run: TaskRunObject, task: PipelineTask): TaskState {
  const last = run.status.conditions[0];
  const reason = last?.reason ?? "Failed";
  if (last?.status === "True") return { phase: "succeeded", reason };
  if (reason === "TaskRunCancelled") return { phase: "cancelled", reason };
  return { phase: task.onError === "continue" ? "ignored" : "failed", reason };
}

function withChild(children: Children, name: string, pipelineTaskName: string): Children {
  return [...children, { apiVersion: "tekton.dev/v1", kind: "TaskRun", name, pipelineTaskName }];
}

/**
 * Carries out a PipelineRun that is in the store, and keeps its status there as Tekton would write it.
 * Gives the finished object; never throws for anything that the run itself contains.
 */
export async function runPipeline(
  context: RunnerContext,
  run: PipelineRunObject,
  control: RunControl,
): Promise<PipelineRunObject> {
  const progress: Progress = { states: new Map(), taskRuns: new Map() };
  let status: PipelineRunStatus = {
    conditions: [condition({ status: "Unknown", reason: "Started", message: "" })],
    startTime: timestamp(),
  };
  const save = (change: Partial<PipelineRunStatus>): PipelineRunObject => {
    status = { ...status, ...change };
    const current = context.store.pipelineRuns.get(run.metadata.name) ?? run;
    return context.store.pipelineRuns.update({ ...current, status });
  };
  const finish = (outcome: Outcome): PipelineRunObject =>
    save({ conditions: [condition(outcome)], completionTime: timestamp() });

  save({});
  const resolved = await resolvePipeline(context, run);
  if ("outcome" in resolved) return finish(resolved.outcome);
  const pipeline = resolved.value;
  const stopClock = control.limit("pipeline", pipeline.timeouts.pipeline);
  const total = pipeline.spec.tasks.length + (pipeline.spec.finally?.length ?? 0);
  save({
    pipelineSpec: pipeline.spec,
    ...(pipeline.source !== undefined && { provenance: { refSource: pipeline.source } }),
  });

  const report = (): void => {
    const undecided =
      total - [...progress.states.values()].filter((s) => s.phase !== "running").length;
    const skippedTasks = [...progress.states].flatMap(([name, state]) =>
      state.phase === "skipped" ? [{ name, reason: state.reason }] : [],
    );
    const stopping = control.ended !== undefined || control.haltTasks !== undefined;
    const reason = stopping ? stoppingReason(control) : "Running";
    const message = progressMessage(progress, undecided);
    save({
      conditions: [condition({ status: "Unknown", reason, message }, status.conditions[0])],
      ...(skippedTasks.length > 0 && { skippedTasks }),
    });
  };

  const launch = async (task: PipelineTask, group: Group): Promise<void> => {
    const target = pipeline.tasks.get(task.name);
    if (target === undefined) return;
    const variables = pipelineTaskVariables(pipeline, task, progress, group.memberOf);
    const work = pipelineTaskWork(run, pipeline, task, target, variables, group.memberOf);
    save({
      childReferences: withChild(status.childReferences ?? [], work.metadata.name, task.name),
    });
    const ended = await context.queue.add(() => runTask(context, work, group.signal), {
      throwOnTimeout: true,
    });
    progress.taskRuns.set(task.name, ended);
    progress.states.set(task.name, stateOf(ended, task));
    if (progress.states.get(task.name)?.phase === "failed" && group.memberOf === "tasks") {
      control.taskFailed();
    }
    report();
  };

  const broken = await runGroup(
    {
      memberOf: "tasks",
      tasks: pipeline.spec.tasks,
      dependencies: pipelineDependencies(pipeline.spec),
      signal: control.tasksSignal,
    },
    { pipeline, progress, control, launch, report },
    control.limit("tasks", pipeline.timeouts.tasks),
  );
  await runGroup(
    {
      memberOf: "finally",
      tasks: pipeline.spec.finally ?? [],
      dependencies: new Map(),
      signal: control.finallySignal,
    },
    { pipeline, progress, control, launch, report },
    control.limit("finally", pipeline.timeouts.finally),
  );
  stopClock();
  report();
  const outcome = broken ?? pipelineOutcome(progress, control.ended, run.metadata.name);
  const results = pipelineResults(pipeline, progress);
  if (results.length > 0) save({ results });
  return finish(outcome);
}

function stoppingReason(control: RunControl): string {
  if (control.ended === "timeout") return "PipelineRunTimeoutRunningFinally";
  if (control.ended === undefined) return "PipelineRunStopping";
  return control.tasksSignal.aborted ? "CancelledRunningFinally" : "StoppedRunningFinally";
}
