import type { Pipeline, PipelineTask, TaskSpec } from "../../tekton/types.ts";
import type { NodePath } from "../../yaml/types.ts";
import type { Checkable } from "./checkable.ts";
import { replaceValue } from "../../yaml/node-fix.ts";
import { mistakeAt } from "./mistake.ts";
import type { Mistake } from "./mistake.ts";
import { quoted } from "../../quoted.ts";
import type { Sourced } from "../repository.ts";
import { nearestName, suggestName } from "../../suggest-name.ts";
import { taskFileOf } from "../task-file-of.ts";

/** What the pipelines of the repository give their tasks. */
export function checkPipelines(repository: Checkable): Mistake[] {
  return [...repository.pipelines.values()].flatMap((pipeline) =>
    tasksOf(pipeline.value).flatMap(({ task, at }) => checkTask(repository, pipeline, task, at)),
  );
}

function tasksOf({ spec }: Pipeline): { task: PipelineTask; at: NodePath }[] {
  return [
    ...spec.tasks.map((task, index) => ({ task, at: ["spec", "tasks", index] })),
    ...(spec.finally ?? []).map((task, index) => ({ task, at: ["spec", "finally", index] })),
  ];
}

function checkTask(
  { tasks }: Checkable,
  { source }: Sourced<Pipeline>,
  task: PipelineTask,
  at: NodePath,
): Mistake[] {
  const place = taskFileOf(task.taskRef);
  if (place.kind === "inline") {
    return task.taskSpec === undefined ? [] : checkParams(source, task, task.taskSpec, at);
  }
  if (place.kind !== "path") {
    const onCluster = place.kind === "cluster";
    const rule = onCluster ? "pipeline-on-cluster" : "pipeline-elsewhere";
    return [
      mistakeAt(source, rule, [...at, "taskRef"], "key", {
        message: `The task ${quoted(task.name)} is ${onCluster ? "only on the cluster" : "in another repository"}: it is not verified.`,
        help: "Prefer a task of this repository, resolved at $(params.repository-url) and $(params.revision).",
      }),
    ];
  }
  const found = tasks.get(place.path);
  if (found !== undefined) return checkParams(source, task, found.value.spec, at);
  return [
    mistakeAt(source, "pipeline-task-not-found", [...at, "taskRef"], "key", {
      message: `${quoted(place.path)} is no valid Task of this repository.`,
      help: suggestName(place.path, tasks.keys(), "task"),
    }),
  ];
}

function checkParams(
  source: Sourced<Pipeline>["source"],
  task: PipelineTask,
  spec: TaskSpec,
  at: NodePath,
): Mistake[] {
  const declared = spec.params ?? [];
  const given = (task.params ?? []).map(({ name }) => name);
  const names = declared.map(({ name }) => name);
  const unknown = given.flatMap((name, index) => {
    // An inline task sees the pipeline's params, and may be given what only its script names.
    if (names.includes(name) || task.taskSpec !== undefined) return [];
    const nearest = nearestName(name, names);
    const path = [...at, "params", index, "name"];
    return [
      mistakeAt(source, "task-param-unknown", path, "value", {
        message: `The task ${quoted(task.name)} has no parameter ${quoted(name)}.`,
        help: suggestName(name, names, "parameter"),
        ...(nearest !== undefined &&
          !given.includes(nearest) && { fix: replaceValue(path, nearest) }),
      }),
    ];
  });
  const matrix = task.matrix !== undefined;
  const free = names.filter((name) => !given.includes(name));
  // A misspelt name is one mistake, not an unknown and a missing parameter.
  const meant = given
    .filter((name) => !names.includes(name))
    .map((name) => nearestName(name, free));
  const missing = declared
    .filter((param) => param.default === undefined && free.includes(param.name) && !matrix)
    .filter(({ name }) => !meant.includes(name))
    .map((param) =>
      mistakeAt(source, "task-param-missing", [...at, "name"], "value", {
        message: `The task ${quoted(task.name)} is not given its parameter ${quoted(param.name)}, which has no default.`,
        help: `Add it under \`params\` of this task.`,
      }),
    );
  return [...unknown, ...missing];
}
