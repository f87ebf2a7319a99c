import { declaredType } from "../../tekton/faults/value-use.ts";
import { placedTasks } from "../../tekton/faults/placed-task.ts";
import { doubtAbout } from "../../tekton/task-certainty.ts";
import type { Pipeline, PipelineResult, PipelineTask } from "../../tekton/types.ts";
import { variablesIn } from "../../tekton/variables.ts";
import { replaceValue } from "../../yaml/node-fix.ts";
import type { NodePath } from "../../yaml/types.ts";
import { quoted } from "../../quoted.ts";
import { nearestName, suggestName } from "../../suggest-name.ts";
import type { Sourced } from "../repository.ts";
import type { PipelineUse, Stream } from "../types.ts";
import { mistakeAt } from "./mistake.ts";
import type { Mistake } from "./mistake.ts";

/** The results that a release is made of, which its build's pipeline has to give whenever it succeeds. */
export function checkReleaseResults(
  { source, value }: Sourced<Stream>,
  { spec }: Pipeline,
): Mistake[] {
  const { from } = value.spec.release;
  if (!("results" in from)) return [];
  const declared = spec.results ?? [];
  const names = declared.map(({ name }) => name);
  const doubts = new Map<string, { readonly path: NodePath; readonly names: string[] }>();
  const wrong = Object.entries(from.results).flatMap(([field, name]): Mistake[] => {
    const path = ["spec", "release", "from", "results", field];
    const result = declared.find((other) => other.name === name);
    if (result === undefined) {
      const nearest = nearestName(name, names);
      return [
        mistakeAt(source, "release-result-unknown", path, "value", {
          message: `The pipeline has no result ${quoted(name)}.`,
          help: suggestName(name, names, "result"),
          ...(nearest !== undefined && { fix: replaceValue(path, nearest) }),
        }),
      ];
    }
    if (!isString(result)) {
      return [
        mistakeAt(source, "release-result-type", path, "value", {
          message: `The result ${quoted(name)} of the pipeline is an array or an object.`,
          help: "Name a result that is one string, such as one entry: `$(tasks.NAME.results.RESULT[0])`.",
        }),
      ];
    }
    const why = doubtAboutResult(result, spec, value.spec.build);
    if (why === undefined) return [];
    const known = doubts.get(why);
    if (known === undefined) doubts.set(why, { path, names: [name] });
    else known.names.push(name);
    return [];
  });
  const skipped = [...doubts].map(([why, doubt]) =>
    mistakeAt(source, "release-result-skipped", doubt.path, "value", {
      message: `A successful build may lack ${doubt.names.map(quoted).join(" and ")}: ${why}.`,
      help: "Take it from a task that always runs, or give the parameters with which this one does.",
    }),
  );
  return [...wrong, ...skipped];
}

function isString({ name, type, value }: PipelineResult): boolean {
  if (type !== undefined) return type === "string";
  const isWhole = typeof value === "string" && /^\$\([^()]*\[\*\]\)$/.test(value);
  return !isWhole && declaredType({ name, default: value }) === "string";
}

function doubtAboutResult(
  { value }: PipelineResult,
  spec: Pipeline["spec"],
  use: PipelineUse,
): string | undefined {
  const run = { spec, params: knownParams(spec, use) };
  const tasks = tasksByName(spec);
  for (const { parts } of variablesIn(typeof value === "string" ? value : "")) {
    const [, name = "", field] = parts;
    const task = field === "results" ? tasks.get(name) : undefined;
    const doubt = task === undefined ? undefined : doubtAbout(task, run);
    if (doubt !== undefined) return `the task ${quoted(name)} ${doubt}`;
  }
  return undefined;
}

/** Many streams ask about the few pipelines of a repository. */
const known = new WeakMap<Pipeline["spec"], ReadonlyMap<string, PipelineTask>>();

function tasksByName(spec: Pipeline["spec"]): ReadonlyMap<string, PipelineTask> {
  const before = known.get(spec);
  if (before !== undefined) return before;
  const tasks = new Map(placedTasks(spec, []).map(({ task }) => [task.name, task]));
  known.set(spec, tasks);
  return tasks;
}

/** What `$(…)` becomes is known only when the run starts. */
function knownParams(
  { params = [] }: Pipeline["spec"],
  { params: given = {} }: PipelineUse,
): ReadonlyMap<string, string> {
  return new Map(
    params.flatMap(({ name, default: otherwise }): [string, string][] => {
      const value = given[name] ?? otherwise;
      return typeof value === "string" && !value.includes("$(") ? [[name, value]] : [];
    }),
  );
}
