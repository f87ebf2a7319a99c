import type { PipelineTask, TaskSpec } from "../../tekton/types.ts";
import { taskFileOf } from "../task-file-of.ts";
import { nearby } from "./nearby.ts";
import type { TektonObjects } from "./tekton-objects.ts";

/** Finds what a task of the pipeline at a path runs, by its spec, by name or by a path of the same repository. */
export function taskSpecFinder({
  tasks,
}: TektonObjects): (task: PipelineTask, path: string) => TaskSpec | undefined {
  const taskOf = nearby(tasks);
  const taskAt = new Map(tasks.map((task) => [task.path, task]));
  return (task, path) => {
    const place = taskFileOf(task.taskRef);
    if (place.kind === "inline") return task.taskSpec;
    if (place.kind === "path") return taskAt.get(place.path)?.value.spec;
    const name = place.kind === "cluster" ? task.taskRef?.name : undefined;
    return name === undefined ? undefined : taskOf(name, path)?.value.spec;
  };
}
