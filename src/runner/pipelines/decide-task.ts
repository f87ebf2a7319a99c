import { matrixCombinations } from "../../tekton/matrix-combinations.ts";
import { resultReferences } from "../../tekton/references.ts";
import type { Variables } from "../../tekton/substitute.ts";
import type { Param, ParamValue, PipelineTask } from "../../tekton/types.ts";
import { failure } from "../conditions.ts";
import { evaluateWhen } from "./evaluate-when.ts";
import type { Broken, Execution, Group } from "./execution.ts";
import { fillTaskSpec, fillTaskStates, fillTaskUse } from "./fill-pipeline.ts";
import { aggregateStatus, taskStatus, type SkipReason } from "./schedule.ts";
import {
  artifactVariables,
  insideSteps,
  missingResult,
  resultVariables,
  skippedDefaults,
} from "./task-results.ts";

/** Tekton's default of `default-max-matrix-combinations-count`. */
const mostCombinations = 256;

/** A task with everything filled in, and the params of each of its runs; one without any where it has no matrix. */
export interface ReadyTask {
  readonly task: PipelineTask;
  readonly combinations: readonly (readonly Param[])[];
}

export type Decision =
  | ReadyTask
  | Broken
  | { readonly skip: SkipReason }
  /** It needs a result that nothing gave. */
  | { readonly invalid: string };

/** How the tasks have ended, as finally tasks may name it. */
function statusVariables({ pipeline, progress }: Execution): Variables {
  const names = pipeline.spec.tasks.map(({ name }) => name);
  return new Map([
    ["tasks.status", aggregateStatus(names, progress.states)],
    ...names.flatMap((name) => {
      const state = progress.states.get(name);
      const ended = taskStatus(state) !== "None" && state !== undefined && "reason" in state;
      return [
        [`tasks.${name}.status`, taskStatus(state)],
        [`tasks.${name}.reason`, ended ? state.reason : ""],
      ] as const;
    }),
  ]);
}

/** What a missing result makes of the task that wants it. */
function withoutResult(
  task: PipelineTask,
  missing: { readonly task: string; readonly result: string },
  { memberOf }: Group,
  { progress }: Execution,
): Decision {
  const producer = progress.states.get(missing.task);
  if (memberOf === "finally" || producer?.phase === "skipped" || task.onError === "continue") {
    return { skip: "Results were missing" };
  }
  const message =
    producer?.phase === "succeeded"
      ? `task "${missing.task}" completed successfully but did not emit the result "${missing.result}", which is referenced by task "${task.name}"`
      : `Invalid task result reference: Could not find result with name ${missing.result} for pipeline task ${missing.task}`;
  return { invalid: message };
}

/** An index that lies beyond the list that a task gave; such a variable is never filled in. */
function indexFault({ name, params, when, matrix }: PipelineTask): Decision | undefined {
  const left = resultReferences([params, when, matrix]).find(({ variable }) =>
    /\[\d+\]$/.test(variable),
  );
  if (left === undefined) return undefined;
  const message = `task "${name}": $(${left.variable}) is out of bound of what task "${left.task}" gave`;
  return { broken: failure("PipelineValidationFailed", message) };
}

function fanOut(task: PipelineTask): Decision {
  const { name, matrix } = task;
  if (matrix === undefined) return { task, combinations: [[]] };
  const lists = matrix.params ?? [];
  const other = lists.find(({ value }) => !Array.isArray(value));
  if (other !== undefined) {
    const message = `Failed to validate matrix: parameters of type array only are allowed, but param "${other.name}" has type "${typeof other.value}" in pipelineTask "${name}"`;
    return { broken: failure("InvalidMatrixParameterTypes", message) };
  }
  if (lists.some(({ value }) => value.length === 0)) {
    return { skip: "Matrix Parameters have an empty array" };
  }
  const combinations = matrixCombinations(matrix);
  if (combinations.length <= mostCombinations) return { task, combinations };
  const message = `the matrix of task "${name}" gives ${combinations.length} combinations; Tekton runs ${mostCombinations} at most`;
  return { broken: failure("PipelineValidationFailed", message) };
}

/** What tasks have given so far, as far as this one asks: each asking of all takes a long time in a large pipeline. */
function resultsFor(task: PipelineTask, { pipeline, progress }: Execution): Variables {
  if (!JSON.stringify(task).includes("$(tasks.")) return new Map();
  return new Map([
    ...skippedDefaults(pipeline.tasks, progress),
    ...resultVariables(pipeline.spec.tasks, progress),
  ]);
}

/** What becomes of a task whose dependencies are over: it starts, is skipped, or ends the run. */
export async function decideTask(
  written: PipelineTask,
  group: Group,
  execution: Execution,
): Promise<Decision> {
  const { progress } = execution;
  const results = resultsFor(written, execution);
  const variables = new Map<string, ParamValue>([
    ...results,
    ["context.pipelineTask.retries", String(written.retries ?? 0)],
  ]);
  const told =
    group.memberOf === "finally" ? fillTaskStates(written, statusVariables(execution)) : written;
  const used = fillTaskUse(told, variables);
  if (used.when !== undefined) progress.when.set(used.name, used.when);

  const missing = missingResult(written, results);
  const lacking =
    missing === undefined ? undefined : withoutResult(written, missing, group, execution);
  if (lacking !== undefined && group.memberOf === "finally") return lacking;
  const outOfBound = indexFault(used);
  if (outOfBound !== undefined) return outOfBound;
  const holds = await evaluateWhen(used.when ?? [], new Map());
  if (!holds.ok) {
    const message = `Error evaluating CEL ${execution.run.metadata.name}: ${holds.problem.what}`;
    return { broken: failure("CELEvaluationFailed", message) };
  }
  if (!holds.value) return { skip: "When Expressions evaluated to false" };
  if (lacking !== undefined) return lacking;
  if (used.taskSpec === undefined) return fanOut(used);
  const given = new Map([...insideSteps(results), ...artifactVariables(progress)]);
  return fanOut({ ...used, taskSpec: fillTaskSpec(used.taskSpec, given) });
}
