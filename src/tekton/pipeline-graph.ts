import { resultReferences } from "./references.ts";
import type { PipelineSpec, PipelineTask } from "./types.ts";

function dependenciesOf(task: PipelineTask): ReadonlySet<string> {
  const { params, when, matrix, taskSpec } = task;
  const results = resultReferences([params, when, matrix, taskSpec?.steps, taskSpec?.sidecars]);
  return new Set([...(task.runAfter ?? []), ...results.map((reference) => reference.task)]);
}

/**
 * For each task of `tasks` (not of `finally`) the tasks that it waits for: runAfter, and the tasks whose results its
 * params, when expressions, matrix and own steps use. Names that no task has stay in, for the validator to find.
 */
export function pipelineDependencies(spec: PipelineSpec): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(spec.tasks.map((task) => [task.name, dependenciesOf(task)]));
}

/** The names of a dependency cycle in order, or undefined where there is none. */
export function findCycle(
  dependencies: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] | undefined {
  const done = new Set<string>();
  const search = (name: string, trail: readonly string[]): readonly string[] | undefined => {
    if (trail.includes(name)) return trail.slice(trail.indexOf(name));
    if (done.has(name)) return undefined;
    for (const next of dependencies.get(name) ?? []) {
      const cycle = search(next, [...trail, name]);
      if (cycle !== undefined) return cycle;
    }
    done.add(name);
    return undefined;
  };
  for (const name of dependencies.keys()) {
    const cycle = search(name, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
