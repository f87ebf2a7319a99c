import { quoted } from "../../quoted.ts";
import { nearestName, suggestName } from "../../suggest-name.ts";
import { replaceValue } from "../../yaml/node-fix.ts";
import type { NodePath } from "../../yaml/types.ts";
import type { Param, ParamSpec, PipelineTask, TaskSpec } from "../types.ts";
import { givenBy } from "./given-type.ts";
import type { Surroundings } from "./given-type.ts";
import { longestIndex } from "./longest-index.ts";
import { enumFaults } from "./param-enum-faults.ts";
import type { PlacedTask } from "./placed-task.ts";
import type { TektonFault } from "./tekton-fault.ts";
import { declaredType } from "./value-use.ts";

interface PlacedParam {
  readonly param: Param;
  readonly path: NodePath;
}

/** What a task of a pipeline gives as params, against those that its Task declares. */
export function taskParamFaults(
  { task, at }: PlacedTask,
  spec: TaskSpec,
  around: Surroundings,
): TektonFault[] {
  const declared = spec.params ?? [];
  const given = placedParams(task.params, [...at, "params"]);
  const ofMatrix = matrixParams(task, [...at, "matrix"]);
  const all = [...given, ...ofMatrix];
  const names = new Set(declared.map(({ name }) => name));
  const free = declared.filter(({ name }) => !all.some(({ param }) => param.name === name));
  // An embedded task may be given what only its steps name.
  const unknown = task.taskSpec === undefined ? all.filter((p) => !names.has(p.param.name)) : [];
  // A misspelt name is one mistake, not an unknown and a missing parameter.
  const meant = new Map(
    unknown.map((placed) => [
      placed,
      nearestName(
        placed.param.name,
        free.map(({ name }) => name),
      ),
    ]),
  );
  const meantNames = new Set(meant.values());
  return [
    ...unknown.map((placed) => unknownFault(task, placed, names, meant.get(placed))),
    ...free
      .filter((param) => isNeeded(param) && !meantNames.has(param.name))
      .map((param) => missingFault(task, param, at)),
    ...given.flatMap((placed) => {
      const param = declared.find(({ name }) => name === placed.param.name);
      return param === undefined ? [] : valueFaults(placed, { param, spec }, around);
    }),
    ...ofMatrix.flatMap((placed) => {
      const param = declared.find(({ name }) => name === placed.param.name);
      return param === undefined || declaredType(param) === "string"
        ? []
        : [matrixFault(placed, param)];
    }),
  ];
}

function placedParams(params: readonly Param[] | undefined, at: NodePath): readonly PlacedParam[] {
  return (params ?? []).map((param, index) => ({ param, path: [...at, index] }));
}

/** Each name once, however often `include` gives it. */
function matrixParams({ matrix }: PipelineTask, at: NodePath): readonly PlacedParam[] {
  const included = (matrix?.include ?? []).flatMap(({ params }, index) =>
    placedParams(params, [...at, "include", index, "params"]),
  );
  const all = [...placedParams(matrix?.params, [...at, "params"]), ...included];
  return [...new Map(all.toReversed().map((placed) => [placed.param.name, placed])).values()];
}

function unknownFault(
  task: PipelineTask,
  { param, path }: PlacedParam,
  names: ReadonlySet<string>,
  meant: string | undefined,
): TektonFault {
  return {
    rule: "task-param-unknown",
    path: [...path, "name"],
    part: "value",
    message: `The task ${quoted(task.name)} has no parameter ${quoted(param.name)}.`,
    help: suggestName(param.name, names, "parameter"),
    ...(meant !== undefined && { fix: replaceValue([...path, "name"], meant) }),
  };
}

/** Whether a param can't be left out: it has no default, or one that lacks keys. */
function isNeeded(param: ParamSpec): boolean {
  return param.default === undefined || missingKeys(param, []).length > 0;
}

function missingFault(task: PipelineTask, param: ParamSpec, at: NodePath): TektonFault {
  return {
    rule: "task-param-missing",
    path: [...at, "name"],
    part: "value",
    message: `The task ${quoted(task.name)} is not given its parameter ${quoted(param.name)}, which has no ${param.default === undefined ? "" : "whole "}default.`,
    help: "Add it under `params` of this task.",
  };
}

function matrixFault({ param, path }: PlacedParam, declared: ParamSpec): TektonFault {
  return {
    rule: "task-param-type",
    path: [...path, "name"],
    part: "value",
    message: `The matrix gives ${quoted(param.name)} as one string to each run; the task declares it as ${declaredType(declared)}.`,
    help: "Declare it as a string in the task, or give it under `params`.",
  };
}

interface Wanted {
  readonly param: ParamSpec;
  readonly spec: TaskSpec;
}

function valueFaults(
  { param, path }: PlacedParam,
  wanted: Wanted,
  around: Surroundings,
): TektonFault[] {
  const type = declaredType(wanted.param);
  const given = givenBy(param.value, around);
  const fault = (rule: "task-param-type" | "task-param-value", message: string, help: string) => [
    { rule, path: [...path, "value"], part: "value", message, help } as const,
  ];
  if (given.type === "any" || type === "any") return [];
  if (given.type !== type) {
    return fault(
      "task-param-type",
      `The task takes ${quoted(param.name)} as ${type}, and is given a value of type ${given.type}.`,
      typeHelp[type],
    );
  }
  const missing = missingKeys(wanted.param, given.keys);
  if (missing.length > 0) {
    return fault(
      "task-param-type",
      `The value lacks what the task needs of the object ${quoted(param.name)}: ${missing.map(quoted).join(", ")}.`,
      "Add it to the value, or give it a default in the task.",
    );
  }
  const last = given.length === undefined ? undefined : longestIndex(wanted.spec, param.name);
  if (given.length !== undefined && last !== undefined && last >= given.length) {
    return fault(
      "task-param-value",
      `The task uses \`$(params.${param.name}[${last}])\`, and is given ${given.length === 1 ? "one entry" : `${given.length} entries`}.`,
      "Give it more entries; they count from 0.",
    );
  }
  return enumFaults(param, [...path, "value"], wanted.param, around.pipeline);
}

const typeHelp = {
  string: "Give one string: one entry of an array, or one key of an object.",
  array: "Give a list, or a whole array: `$(params.NAME[*])` or `$(tasks.NAME.results.RESULT[*])`.",
  object:
    "Give a mapping, or a whole object: `$(params.NAME[*])` or `$(tasks.NAME.results.RESULT[*])`.",
} as const;

function missingKeys(
  { properties, default: otherwise }: ParamSpec,
  keys: readonly string[] | undefined,
): readonly string[] {
  if (properties === undefined || keys === undefined) return [];
  const has = new Set([
    ...keys,
    ...(typeof otherwise === "object" && !Array.isArray(otherwise) ? Object.keys(otherwise) : []),
  ]);
  return Object.keys(properties).filter((key) => !has.has(key));
}
