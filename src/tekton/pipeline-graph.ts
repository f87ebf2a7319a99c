import { resultReferences } from "./references.ts";
import type { PipelineSpec, PipelineTask } from "./types.ts";

function dependenciesOf(task: PipelineTask): ReadonlySet<string> {
  const { params, when, matrix, taskRef, taskSpec } = task;
  const used = [params, when, matrix, taskRef, taskSpec?.steps, taskSpec?.sidecars];
  const results = resultReferences(used);
  return new Set([...(task.runAfter ?? []), ...results.map((reference) => reference.task)]);
}

/**
 * For each task of `tasks` (not of `finally`) the tasks that it waits for: runAfter, and the tasks whose results its
 * params, when expressions, matrix, reference and own steps use. Names that no task has stay in, for the validator to find.
 */
export function pipelineDependencies(spec: PipelineSpec): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(spec.tasks.map((task) => [task.name, dependenciesOf(task)]));
}

/** The names of a dependency cycle in order, or undefined where there is none. */
export function findCycle(
  dependencies: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] | undefined {
  const done = new Set<string>();
  for (const name of dependencies.keys()) {
    const cycle = cycleFrom(name, dependencies, done);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

/** Without recursion: a pipeline may be a chain that is longer than the stack is deep. */
function cycleFrom(
  start: string,
  dependencies: ReadonlyMap<string, ReadonlySet<string>>,
  done: Set<string>,
): readonly string[] | undefined {
  const step = (name: string) => ({
    name,
    rest: (dependencies.get(name) ?? new Set<string>()).values(),
  });
  const trail = [step(start)];
  const onTrail = new Set([start]);
  for (let last = trail.at(-1); last !== undefined; last = trail.at(-1)) {
    const next = last.rest.next();
    if (next.done === true) {
      done.add(last.name);
      onTrail.delete(last.name);
      trail.pop();
    } else if (onTrail.has(next.value)) {
      const names = trail.map(({ name }) => name);
      return names.slice(names.indexOf(next.value));
    } else if (!done.has(next.value)) {
      trail.push(step(next.value));
      onTrail.add(next.value);
    }
  }
  return undefined;
}
