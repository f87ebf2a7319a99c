import { quoted } from "../../quoted.ts";
import type { NodePath } from "../../yaml/types.ts";
import type { Matrix, Param, PipelineTask } from "../types.ts";
import { duplicateFaults } from "./duplicate-faults.ts";
import type { TektonFault } from "./tekton-fault.ts";

/** Tekton's default of `default-max-matrix-combinations-count`. */
const maximumCombinations = 256;

/** What is wrong with the matrix of a task, apart from its variables. */
export function matrixFaults(task: PipelineTask, at: NodePath): TektonFault[] {
  const { matrix } = task;
  if (matrix === undefined) return [];
  const path = [...at, "matrix"];
  const includes = (matrix.include ?? []).map(({ params }, index) => ({
    params: params ?? [],
    path: [...path, "include", index, "params"],
  }));
  return [
    ...countFaults(matrix, path),
    ...duplicateFaults(matrix.params, [...path, "params"], "parameter"),
    ...includes.flatMap((include) => duplicateFaults(include.params, include.path, "parameter")),
    ...typeFaults(matrix.params ?? [], [...path, "params"], isListOrWhole, "a list"),
    ...includes.flatMap((i) => typeFaults(i.params, i.path, isText, "a string")),
    ...givenTwice(task, matrix, at),
  ];
}

function countFaults(matrix: Matrix, path: NodePath): TektonFault[] {
  const lists = (matrix.params ?? []).flatMap(({ value }) => (Array.isArray(value) ? [value] : []));
  const product = lists.reduce((count, { length }) => count * Math.max(1, length), 1);
  const count = (lists.length === 0 ? 0 : product) + newCombinations(matrix);
  if (count <= maximumCombinations) return [];
  return [
    {
      rule: "pipeline-matrix",
      path,
      part: "key",
      message: `The matrix gives ${count} combinations; Tekton runs ${maximumCombinations} at most.`,
      help: "Shorten its lists, or split the task.",
    },
  ];
}

/** How many combinations `include` adds to those of the lists. */
function newCombinations({ params = [], include = [] }: Matrix): number {
  if (params.length === 0) return include.length;
  const lists = new Map(params.map(({ name, value }) => [name, value]));
  return include.filter((added) =>
    (added.params ?? []).some(({ name, value }) => {
      const list = lists.get(name);
      return Array.isArray(list) && typeof value === "string" && !list.includes(value);
    }),
  ).length;
}

function isText({ value }: Param): boolean {
  return typeof value === "string";
}

function isListOrWhole({ value }: Param): boolean {
  return Array.isArray(value) || (typeof value === "string" && /^\$\(.+\[\*\]\)$/.test(value));
}

function typeFaults(
  params: readonly Param[],
  at: NodePath,
  isRight: (param: Param) => boolean,
  wanted: string,
): TektonFault[] {
  return params.flatMap((param, index): TektonFault[] => {
    if (isRight(param)) return [];
    return [
      {
        rule: "pipeline-matrix",
        path: [...at, index, "value"],
        part: "value",
        message: `The parameter ${quoted(param.name)} must be ${wanted} here.`,
        help:
          wanted === "a list"
            ? "Write a list, or a whole array: `$(params.NAME[*])`."
            : "Write one string; lists stand under `matrix.params`.",
      },
    ];
  });
}

function givenTwice(task: PipelineTask, matrix: Matrix, at: NodePath): TektonFault[] {
  const ofMatrix = new Set(
    [matrix, ...(matrix.include ?? [])].flatMap(({ params = [] }) => params.map((p) => p.name)),
  );
  return (task.params ?? []).flatMap(({ name }, index): TektonFault[] => {
    if (!ofMatrix.has(name)) return [];
    return [
      {
        rule: "pipeline-matrix",
        path: [...at, "params", index, "name"],
        part: "value",
        message: `The parameter ${quoted(name)} is also given by the matrix.`,
        help: "Give it in one of the two places.",
      },
    ];
  });
}
