import { observeTask } from "./observe-task.ts";
import { runIdKey, runIdLabel } from "./run-id.ts";
import { runPhase } from "./run-phase.ts";
import type { PipelineRunObject, TaskRunObject } from "./tekton-status.ts";
import type { ObservedRun, ObservedTask } from "./types.ts";

/** A PipelineRun and its TaskRuns as one observed run, the tasks in the order of the pipeline. */
export function observeRun(
  run: PipelineRunObject,
  taskRuns: readonly TaskRunObject[],
): ObservedRun {
  const { metadata, status } = run;
  const condition = status.conditions.find(({ type }) => type === "Succeeded");
  const runId = readRunId(metadata);
  return {
    name: metadata.name,
    uid: metadata.uid,
    ...(runId === undefined ? {} : { runId }),
    phase: runPhase(condition),
    reason: condition?.reason ?? "",
    message: condition?.message ?? "",
    ...(status.startTime === undefined ? {} : { startedAt: status.startTime }),
    ...(status.completionTime === undefined ? {} : { finishedAt: status.completionTime }),
    results: Object.fromEntries(status.results.map(({ name, value }) => [name, asText(value)])),
    tasks: observeTasks(run, taskRuns),
    asked: observeSpec(run),
  };
}

/** Kubernetes runs pods under this account where nothing names another. */
const usualAccount = "default";

function observeSpec({ spec }: PipelineRunObject): ObservedRun["asked"] {
  const { params, taskRunTemplate, taskRunSpecs } = spec;
  const ofTasks = taskRunSpecs.flatMap(({ serviceAccountName: name }) => name ?? []);
  const ofAll = taskRunTemplate.serviceAccountName ?? usualAccount;
  return {
    serviceAccounts: [...new Set([ofAll, ...ofTasks])],
    params: Object.fromEntries(params.map(({ name, value }) => [name, asText(value)])),
  };
}

/**
 * The annotation holds the whole id, which is too long for a label; the label is what a listing selects by. A run whose
 * two disagree is not one that we asked for.
 */
function readRunId(metadata: PipelineRunObject["metadata"]): string | undefined {
  const runId = metadata.annotations[runIdKey];
  if (runId === undefined) return undefined;
  return metadata.labels[runIdKey] === runIdLabel(runId) ? runId : undefined;
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function observeTasks(
  { status }: PipelineRunObject,
  taskRuns: readonly TaskRunObject[],
): readonly ObservedTask[] {
  const byName = new Map(taskRuns.map((taskRun) => [taskRun.metadata.name, taskRun]));
  const skipped = new Map(status.skippedTasks.map((task) => [task.name, task.reason]));
  const { tasks, finally: last } = status.pipelineSpec;
  const names = new Set([
    ...[...tasks, ...last].map((task) => task.name),
    ...status.childReferences.map((child) => child.pipelineTaskName),
    ...skipped.keys(),
  ]);
  return [...names].flatMap((name): readonly ObservedTask[] => {
    // A matrix has several children of one name.
    const children = status.childReferences.filter((child) => child.pipelineTaskName === name);
    if (children.length > 0)
      return children.map((child) => observeTask(name, child.name, byName.get(child.name)));
    if (!skipped.has(name)) return [{ name, phase: "waiting", steps: [] }];
    const reason = skipped.get(name);
    return [{ name, phase: "skipped", ...(reason === undefined ? {} : { reason }), steps: [] }];
  });
}
