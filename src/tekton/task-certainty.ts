import { resultReferences } from "./references.ts";
import type { PipelineSpec, PipelineTask, WhenExpression } from "./types.ts";

/** What is known of a run of a pipeline. */
export interface RunKnowledge {
  readonly spec: PipelineSpec;
  /** The params that are known, by name. */
  readonly params: ReadonlyMap<string, string>;
}

/**
 * Why a run may succeed without the results of a task, as the end of a sentence that begins with the task; undefined
 * where they are certain.
 */
export function doubtAbout(
  task: PipelineTask,
  run: RunKnowledge,
  seen: ReadonlySet<string> = new Set(),
): string | undefined {
  // A circle is another mistake.
  if (seen.has(task.name)) return undefined;
  if (task.onError === "continue") return "may fail without failing the run (`onError: continue`)";
  const held = (task.when ?? []).map((expression) => holdsIn(expression, run.params));
  if (held.includes(false)) return "never runs with these parameters (`when`)";
  if (held.includes(undefined)) return "runs only where its `when` holds";
  // What takes a result of a skipped task is skipped with it.
  for (const name of tasksNeededBy(task)) {
    const other = run.spec.tasks.find((candidate) => candidate.name === name);
    const doubt = other && doubtAbout(other, run, new Set([...seen, task.name]));
    if (doubt !== undefined) return `needs a result of \`${name}\`, which ${doubt}`;
  }
  return undefined;
}

/** Many streams ask about the few tasks of one pipeline. */
const known = new WeakMap<PipelineTask, readonly string[]>();

function tasksNeededBy(task: PipelineTask): readonly string[] {
  const before = known.get(task);
  if (before !== undefined) return before;
  const references = resultReferences([task.params, task.matrix]);
  const names = [...new Set(references.map((reference) => reference.task))];
  known.set(task, names);
  return names;
}

function holdsIn(
  { input, operator, values, cel }: WhenExpression,
  params: ReadonlyMap<string, string>,
): boolean | undefined {
  if (cel !== undefined || input === undefined || values === undefined) return undefined;
  const [filled, ...list] = [input, ...values].map((text) => fill(text, params));
  if (filled === undefined || list.includes(undefined)) return undefined;
  return list.includes(filled) === (operator === "in");
}

/** Undefined where anything in the text is not known. */
function fill(text: string, params: ReadonlyMap<string, string>): string | undefined {
  const filled = text.replace(
    /\$\(params\.([A-Za-z0-9_-]+)\)/g,
    (variable, name: string) => params.get(name) ?? variable,
  );
  return filled.includes("$(") ? undefined : filled;
}
