import { quoted } from "../../quoted.ts";
import { nearestName, suggestName } from "../../suggest-name.ts";
import type { NodePath } from "../../yaml/types.ts";
import type { PipelineResult, PipelineTask } from "../types.ts";
import { variablesOfValue } from "./pipeline-strings.ts";
import type { PlacedVariable } from "./placed-variables.ts";
import { resultFaults } from "./task-variable-faults.ts";
import type { TasksByName } from "./task-variable-faults.ts";
import type { TektonFault } from "./tekton-fault.ts";
import { variableFault } from "./variable-fault.ts";

/** What is wrong with the results of a pipeline; each is made of results of its tasks, and of nothing else. */
export function pipelineResultFaults(
  results: readonly PipelineResult[] | undefined,
  at: NodePath,
  names: TasksByName,
): TektonFault[] {
  return (results ?? []).flatMap((result, index) => {
    const path = [...at, index];
    const uses = variablesOfValue(result.value, [...path, "value"]);
    const faults = uses.flatMap((use) => useFaults(use, names));
    if (faults.length > 0) return faults;
    return [...formFaults(result, [...path, "value"], uses), ...typeFaults(result, path)];
  });
}

function useFaults(use: PlacedVariable, names: TasksByName): TektonFault[] {
  const { parts, written } = use.variable;
  const [root = "", name = "", field, result] = parts;
  if ((root !== "tasks" && root !== "finally") || field !== "results" || result === undefined) {
    return [
      variableFault("pipeline-result", use, {
        message: `${quoted(written)} is no result of a task.`,
        help: "Write `$(tasks.NAME.results.RESULT)`, or `$(finally.NAME.results.RESULT)`.",
      }),
    ];
  }
  const task = names[root].get(name);
  if (task !== undefined) return resultFaults(use, task);
  return [missingTask(use, root, name, names)];
}

function missingTask(
  use: PlacedVariable,
  root: "tasks" | "finally",
  name: string,
  names: TasksByName,
): TektonFault {
  const { written } = use.variable;
  const other = root === "tasks" ? "finally" : "tasks";
  const message = `${quoted(written)} names the task ${quoted(name)}, which \`${root}\` does not have.`;
  if (names[other].has(name)) {
    const meant = written.replace(root, other);
    return variableFault("pipeline-task-unknown", use, {
      message,
      help: `It stands in \`${other}\`: write \`${meant}\`.`,
      meant,
    });
  }
  const known: ReadonlyMap<string, PipelineTask> = names[root];
  const nearest = nearestName(name, known.keys());
  return variableFault("pipeline-task-unknown", use, {
    message,
    help: suggestName(name, known.keys(), "task"),
    ...(nearest !== undefined && { meant: written.replace(`.${name}.`, () => `.${nearest}.`) }),
  });
}

function formFaults(
  { value }: PipelineResult,
  path: NodePath,
  uses: readonly PlacedVariable[],
): TektonFault[] {
  if (uses.length === 0) {
    return [
      resultFault(
        path,
        "The result does not come from a task.",
        "Write `$(tasks.NAME.results.RESULT)`.",
      ),
    ];
  }
  if (typeof value !== "string" || isReadByTekton(value)) return [];
  return [
    resultFault(
      path,
      "Tekton refuses text of this form around the results in a result.",
      "Let the result be nothing but `$(tasks.NAME.results.RESULT)`, and let a task put texts together.",
    ),
  ];
}

/** Tekton cuts the text at each dollar and wants every piece to read as the name of a result, up to its dots. */
function isReadByTekton(value: string): boolean {
  return value
    .split("$")
    .filter((piece) => piece !== "")
    .every((piece) => piece.startsWith("(") && [4, 5].includes(piece.split(".").length));
}

function typeFaults({ type, value }: PipelineResult, path: NodePath): TektonFault[] {
  if (type === undefined) return [];
  const given = givenType(value);
  if (given === "any" ? type !== "string" : given === type) return [];
  return [
    resultFault(
      [...path, "type"],
      `The result is declared with the type ${type}, and its value is ${given === "any" ? "a whole array or object" : `of type ${given}`}.`,
      type === "string"
        ? "Correct the type, or take one entry or key."
        : `Correct the type, or take the whole ${type}: \`$(tasks.NAME.results.RESULT[*])\`.`,
    ),
  ];
}

function givenType(value: PipelineResult["value"]): "string" | "array" | "object" | "any" {
  if (typeof value !== "string") return Array.isArray(value) ? "array" : "object";
  return /^\$\([^()]*\[\*\]\)$/.test(value) ? "any" : "string";
}

function resultFault(path: NodePath, message: string, help: string): TektonFault {
  return { rule: "pipeline-result", path, part: "value", message, help };
}
