import { stringsIn } from "../../tekton/references.ts";
import { substituteValue } from "../../tekton/substitute.ts";
import type { ParamValue, PipelineSpec } from "../../tekton/types.ts";
import { variablesIn } from "../../tekton/variables.ts";
import type { PipelineRunStatus } from "../types.ts";
import type { Progress } from "./pipeline-progress.ts";
import { taskStatus } from "./schedule.ts";
import { resultsOf } from "./task-results.ts";

type Results = NonNullable<PipelineRunStatus["results"]>;

/** Where a result of the pipeline takes its parts from. */
interface Part {
  readonly task: string;
  /** Undefined where there is no such value. */
  readonly value: ParamValue | undefined;
}

function partsOf(value: ParamValue, variables: ReadonlyMap<string, ParamValue>): readonly Part[] {
  return stringsIn(value).flatMap((text) =>
    variablesIn(text).flatMap(({ written, parts: [scope, task = "", kind] }): readonly Part[] => {
      if ((scope !== "tasks" && scope !== "finally") || kind !== "results") return [];
      const found = substituteValue(written, variables);
      return [{ task, value: found === written ? undefined : found }];
    }),
  );
}

/**
 * The pipeline's results. One that needs what a task that did not succeed has not given is left out; one that a task
 * that succeeded has not given is listed as invalid, which fails the run.
 */
export function pipelineResults(
  spec: PipelineSpec,
  progress: Progress,
): { readonly results: Results; readonly invalid: readonly string[] } {
  const variables = new Map<string, ParamValue>();
  for (const group of ["tasks", "finally"] as const) {
    for (const task of spec[group] ?? []) {
      for (const { name, value } of resultsOf(task, progress)) {
        variables.set(`${group}.${task.name}.results.${name}`, value);
      }
    }
  }
  const invalid: string[] = [];
  const results = (spec.results ?? []).flatMap(({ name, value }) => {
    const parts = partsOf(value, variables);
    if (parts.length === 0) return [];
    const missing = parts.filter((part) => part.value === undefined);
    if (missing.length === 0) return [{ name, value: substituteValue(value, variables) }];
    const promised = missing.some(
      ({ task }) => taskStatus(progress.states.get(task)) === "Succeeded",
    );
    if (promised) invalid.push(name);
    return [];
  });
  return { results, invalid };
}
