import { placedTasks } from "../../../tekton/faults/placed-task.ts";
import type { PlacedTask } from "../../../tekton/faults/placed-task.ts";
import { limitOf } from "../../../tekton/faults/timeout-faults.ts";
import type { Pipeline, PipelineRun, PipelineTask, TaskSpec } from "../../../tekton/types.ts";
import { quoted } from "../../../quoted.ts";
import { valueAt } from "../../json.ts";
import type { Sourced } from "../../repository.ts";
import { nearby } from "../../tekton-files/nearby.ts";
import { taskSpecFinder } from "../../tekton-files/task-spec-finder.ts";
import type { TektonObjects } from "../../tekton-files/tekton-objects.ts";
import { mistakeAt } from "../mistake.ts";
import type { Mistake } from "../mistake.ts";

/** What a TaskRun gets that nothing else is said about: https://tekton.dev/docs/pipelines/pipelineruns/#configuring-a-failure-timeout */
const hour = 3_600_000;

/** Timeouts that end a task before those who wrote them meant: of runs, of tasks and of their steps. */
export function checkTimeouts(objects: TektonObjects): Mistake[] {
  const pipelineOf = nearby(objects.pipelines);
  const specOf = taskSpecFinder(objects);
  const runs = [...objects.pipelineRuns, ...objects.templatePipelineRuns];
  return [
    ...runs.flatMap((run) => {
      const { pipelineRef, pipelineSpec } = run.value.spec;
      const name = pipelineRef?.resolver === undefined ? pipelineRef?.name : undefined;
      const spec = pipelineSpec ?? pipelineOf(name ?? "", run.path)?.value.spec;
      return spec === undefined ? [] : checkRun(run, placedTasks(spec, []));
    }),
    ...objects.pipelines.flatMap((pipeline) =>
      checkSteps(pipeline, (task) => specOf(task, pipeline.path)),
    ),
  ];
}

function checkRun(
  { source, value }: Sourced<PipelineRun>,
  tasks: readonly PlacedTask[],
): Mistake[] {
  const { timeouts, taskRunSpecs = [] } = value.spec;
  const allowed = limitOf(timeouts?.pipeline);
  if (allowed === undefined || allowed <= hour) return [];
  if (timeouts?.tasks !== undefined || timeouts?.finally !== undefined) return [];
  const told = new Set(
    taskRunSpecs.flatMap(({ pipelineTaskName, timeout }) =>
      timeout === undefined ? [] : [pipelineTaskName],
    ),
  );
  const left = tasks
    .filter(({ task, section }) => section === "tasks" && task.timeout === undefined)
    .map(({ task }) => task.name)
    .filter((name) => !told.has(name));
  if (left.length === 0) return [];
  const isNew = valueAt(source.value, ["spec", "timeouts", "pipeline"]) !== undefined;
  return [
    mistakeAt(
      source,
      "task-timeout-default",
      isNew ? ["spec", "timeouts", "pipeline"] : ["spec", "timeout"],
      "value",
      {
        message: `The run may take ${timeouts?.pipeline ?? ""}, but each of its tasks without a timeout ends after one hour, Tekton's default: ${listed(left)}.`,
        help: "Add a `timeout` to each task that takes longer, or `timeouts.tasks` to the run, which older versions of Tekton pass over.",
      },
    ),
  ];
}

/** A pipeline whose tasks say nothing is told once, for there the run has the last word. */
function checkSteps(
  { source, value }: Sourced<Pipeline>,
  specOf: (task: PipelineTask) => TaskSpec | undefined,
): Mistake[] {
  const long = placedTasks(value.spec, ["spec"]).flatMap(({ task, at }) => {
    const [step] = (specOf(task)?.steps ?? [])
      .map(({ timeout }) => ({ timeout, limit: limitOf(timeout) ?? 0 }))
      .sort((a, b) => b.limit - a.limit);
    const limit = limitOf(task.timeout) ?? hour;
    return step !== undefined && Number.isFinite(step.limit) && step.limit > limit
      ? [{ task, at, step }]
      : [];
  });
  const silent = long.filter(({ task }) => task.timeout === undefined);
  const [first] = silent;
  return [
    ...long
      .filter(({ task }) => task.timeout !== undefined)
      .map(({ task, at, step }) =>
        mistakeAt(source, "step-timeout-unreachable", [...at, "timeout"], "value", {
          message: `The task ${quoted(task.name)} ends after ${task.timeout ?? ""}, but a step of it may take ${step.timeout ?? ""}.`,
          help: "Give the task more time, or its step less.",
        }),
      ),
    ...(first === undefined
      ? []
      : [
          mistakeAt(source, "step-timeout-unreachable", [...first.at, "name"], "value", {
            message: `A step of this task may take ${first.step.timeout ?? ""}, but tasks without a timeout end after one hour, unless the run has \`timeouts.tasks\`: ${listed(silent.map(({ task }) => task.name))}.`,
            help: "Add a `timeout` to each of these tasks.",
          }),
        ]),
  ];
}

const mostListed = 5;

function listed(names: readonly string[]): string {
  const more = names.length - mostListed;
  const shown = names.slice(0, mostListed).map(quoted).join(", ");
  return more > 0 ? `${shown} and ${more} more` : shown;
}
