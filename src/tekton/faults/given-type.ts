import type { ParamSpec, ParamValue, PipelineSpec, PipelineTask, TaskSpec } from "../types.ts";
import { variablesIn } from "../variables.ts";
import type { Variable } from "../variables.ts";
import { declaredType } from "./value-use.ts";
import type { Declared } from "./value-use.ts";

/** The Task that a task of a pipeline runs, where it is known. */
export type FindTask = (task: PipelineTask) => TaskSpec | undefined;

/** The pipeline that values stand in, and the Tasks that it names. */
export interface Surroundings {
  readonly pipeline: PipelineSpec;
  readonly taskOf: FindTask;
}

/** What a value will be when its variables are filled in, as far as that is known. */
export interface Given {
  readonly type: "string" | "array" | "object" | "any";
  /** Of an object, where they are known. */
  readonly keys?: readonly string[];
  /** Of an array, where it is known. */
  readonly length?: number;
}

const anything: Given = { type: "any" };

/** What a value in a pipeline gives. */
export function givenBy(value: ParamValue, around: Surroundings): Given {
  if (typeof value === "string") return givenByText(value, around);
  if (!Array.isArray(value)) return { type: "object", keys: Object.keys(value) };
  const items: readonly string[] = value;
  const isFixed = !items.some((item) => item.includes("[*]"));
  return { type: "array", ...(isFixed && { length: items.length }) };
}

function givenByText(text: string, around: Surroundings): Given {
  const [variable] = variablesIn(text);
  if (variable?.isWholeText !== true) return { type: "string" };
  const [root, name = "", field, result = ""] = variable.parts;
  if (root === "params") {
    const param = around.pipeline.params?.find((declared) => declared.name === name);
    return param === undefined ? anything : givenByParam(param, variable);
  }
  if (root !== "tasks" || field !== "results") return { type: "string" };
  const task = around.pipeline.tasks.find((other) => other.name === name);
  if (task === undefined) return anything;
  if (task.matrix !== undefined) return { type: "array" };
  const declared = around.taskOf(task)?.results?.find((other) => other.name === result);
  return declared === undefined ? anything : givenByWhole(declared, variable, 4);
}

/** A whole param that is no string needs `[*]`; without it, its use is another fault. */
function givenByParam(param: ParamSpec, variable: Variable): Given {
  const isWhole = variable.parts.length === 2;
  if (isWhole && variable.index === undefined && declaredType(param) !== "string") return anything;
  return givenByWhole(param, variable, 2);
}

function givenByWhole(declared: Declared, { parts, index }: Variable, own: number): Given {
  const type = declaredType(declared);
  if (type === "string" || parts.length > own || typeof index === "number") {
    return { type: "string" };
  }
  if (type !== "object") return { type };
  const keys = Object.keys(declared.properties ?? {});
  return { type, ...(keys.length > 0 && { keys }) };
}
