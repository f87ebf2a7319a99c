import { resultReferences } from "../../tekton/references.ts";
import type { ParamValue, PipelineTask } from "../../tekton/types.ts";
import type { RunResult } from "../types.ts";
import type { Progress } from "./pipeline-progress.ts";
import type { ResolvedTask } from "./resolve-pipeline.ts";

type NamedResult = Pick<RunResult, "name" | "value">;

/** The values of all runs of a matrix as lists, by the names of the runs as texts, as Tekton sorts them. */
function gathered(
  runs: readonly { readonly name: string; readonly results: readonly NamedResult[] }[],
): readonly NamedResult[] {
  const lists = new Map<string, readonly string[]>();
  for (const { results } of [...runs].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    for (const { name, value } of results) {
      lists.set(name, [...(lists.get(name) ?? []), typeof value === "string" ? value : ""]);
    }
  }
  return [...lists].map(([name, value]) => ({ name, value }));
}

/** What a task that has ended gave, also one that failed; lists where it has a matrix. */
export function resultsOf(task: PipelineTask, progress: Progress): readonly NamedResult[] {
  const runs = (progress.runs.get(task.name) ?? []).map(({ metadata, status }) => ({
    name: metadata.name,
    results: status?.results ?? [],
  }));
  if (task.matrix !== undefined) return gathered(runs);
  return runs.flatMap(({ results }) => results);
}

/** Everything that tasks have given, as variables, with the sizes of matrices. */
export function resultVariables(
  tasks: readonly PipelineTask[],
  progress: Progress,
): readonly (readonly [string, ParamValue])[] {
  return tasks.flatMap((task) => {
    if (!progress.runs.has(task.name)) return [];
    const results = resultsOf(task, progress);
    const values = results.map(
      ({ name, value }) => [`tasks.${task.name}.results.${name}`, value] as const,
    );
    if (task.matrix === undefined) return values;
    const sizes = results.map(({ name, value }) => {
      const size = typeof value === "string" ? 1 : Object.keys(value).length;
      return [`tasks.${task.name}.matrix.${name}.length`, String(size)] as const;
    });
    const length = String(progress.runs.get(task.name)?.length ?? 0);
    return [...values, ...sizes, [`tasks.${task.name}.matrix.length`, length] as const];
  });
}

/** Results as steps of an embedded Task may name them: whole lists and keys of objects, and neither of them otherwise. */
export function insideSteps(
  results: ReadonlyMap<string, ParamValue>,
): readonly (readonly [string, ParamValue])[] {
  return [...results].flatMap(([name, value]): readonly (readonly [string, ParamValue])[] => {
    if (typeof value === "string") return [[name, value]];
    if (Array.isArray(value)) return [[`${name}[*]`, value]];
    return Object.entries(value).map(([key, text]) => [`${name}.${key}`, text]);
  });
}

/** What the results of tasks are that their when skipped: their defaults, as variables. */
export function skippedDefaults(
  tasks: ReadonlyMap<string, ResolvedTask>,
  { states }: Progress,
): readonly (readonly [string, ParamValue])[] {
  return [...tasks].flatMap(([task, { spec }]) => {
    const state = states.get(task);
    if (state?.phase !== "skipped" || state.reason !== "When Expressions evaluated to false") {
      return [];
    }
    return (spec.results ?? []).flatMap(({ name, default: value }) =>
      value === undefined ? [] : [[`tasks.${task}.results.${name}`, value] as const],
    );
  });
}

/** What tasks said of their artifacts, as JSON: `tasks.NAME.outputs.IMAGE`, and the first of all as `tasks.NAME.outputs`. */
export function artifactVariables(progress: Progress): readonly (readonly [string, ParamValue])[] {
  return [...progress.runs].flatMap(([task, runs]) =>
    (["inputs", "outputs"] as const).flatMap((kind) => {
      const all = runs.flatMap((run) =>
        run.kind === "TaskRun" ? (run.status.artifacts?.[kind] ?? []) : [],
      );
      const texts = all.map(
        ({ name, values }) => [`tasks.${task}.${kind}.${name}`, JSON.stringify(values)] as const,
      );
      const [first] = texts;
      return first === undefined ? [] : [...texts, [`tasks.${task}.${kind}`, first[1]] as const];
    }),
  );
}

export interface MissingResult {
  readonly task: string;
  readonly result: string;
}

/** The first result that a task uses and that is not among those that were given. */
export function missingResult(
  task: PipelineTask,
  given: ReadonlyMap<string, ParamValue>,
): MissingResult | undefined {
  const { params, when, matrix, taskRef, displayName, workspaces, taskSpec } = task;
  const used = [params, when, matrix, taskRef, displayName, workspaces];
  const inside = [taskSpec?.steps, taskSpec?.sidecars];
  return resultReferences([used, inside]).find(
    ({ task: name, result }) => !given.has(`tasks.${name}.results.${result}`),
  );
}
