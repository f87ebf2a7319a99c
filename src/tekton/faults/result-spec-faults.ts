import { quoted } from "../../quoted.ts";
import type { NodePath } from "../../yaml/types.ts";
import type { ResultSpec } from "../types.ts";
import type { TektonFault } from "./tekton-fault.ts";

/** What is wrong with the results that a Task, a step or a StepAction declares. */
export function resultSpecFaults(
  results: readonly ResultSpec[] | undefined,
  at: NodePath,
): TektonFault[] {
  return (results ?? []).flatMap((result, index) => [
    ...propertiesFaults(result, [...at, index]),
    ...valueFaults(result, [...at, index, "value"]),
  ]);
}

function propertiesFaults({ name, type, properties }: ResultSpec, at: NodePath): TektonFault[] {
  if (type !== "object" || properties !== undefined) return [];
  const message = `The result ${quoted(name)} is an object without \`properties\`.`;
  const help = "Name its keys: `properties: {KEY: {type: string}}`.";
  return [{ rule: "tekton-missing-field", path: [...at, "name"], part: "value", message, help }];
}

function valueFaults({ name, value }: ResultSpec, path: NodePath): TektonFault[] {
  if (value === undefined || value === "") return [];
  if (typeof value === "string" && /\$\(steps\.[^)]+\.results\.[^)]+\)/.test(value)) return [];
  return [
    {
      rule: "tekton-invalid",
      path,
      part: "value",
      message: `The result ${quoted(name)} of a task can be taken from a step only.`,
      help: "Write `$(steps.STEP.results.RESULT)`, or leave `value` out and let a step write the file `$(results.NAME.path)`.",
    },
  ];
}
