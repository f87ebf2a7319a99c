import { quoted } from "../../quoted.ts";
import { nearestName, suggestName } from "../../suggest-name.ts";
import { replaceValue } from "../../yaml/node-fix.ts";
import type { NodePath } from "../../yaml/types.ts";
import type { Param, ParamSpec, PipelineSpec } from "../types.ts";
import { variablesIn } from "../variables.ts";
import type { TektonFault } from "./tekton-fault.ts";
import { declaredType } from "./value-use.ts";

/**
 * A value that a Task does not allow, or a param of the pipeline that may have one: Tekton wants the pipeline to allow
 * no more than each Task that takes the param.
 */
export function enumFaults(
  { name, value }: Param,
  path: NodePath,
  declared: ParamSpec,
  pipeline: PipelineSpec,
): TektonFault[] {
  const allowed = declared.enum ?? [];
  if (allowed.length === 0 || typeof value !== "string" || value === "") return [];
  const fault = (message: string, help: string): TektonFault => ({
    rule: "task-param-value",
    path,
    part: "value",
    message,
    help,
  });
  const variables = variablesIn(value);
  if (variables.length === 0) {
    if (allowed.includes(value)) return [];
    const meant = nearestName(value, allowed);
    return [
      {
        ...fault(
          `${quoted(value)} is no value that the task allows for ${quoted(name)}.`,
          suggestName(value, allowed, "value"),
        ),
        ...(meant !== undefined && { fix: replaceValue(path, meant) }),
      },
    ];
  }
  const [first, second] = variables.filter(({ parts }) => parts[0] === "params");
  const source = pipeline.params?.find((param) => param.name === first?.parts[1]);
  if (source === undefined || second !== undefined || declaredType(source) !== "string") return [];
  const tooMuch = (source.enum ?? []).filter((one) => !allowed.includes(one));
  if (source.enum !== undefined && source.enum.length > 0 && tooMuch.length === 0) return [];
  const wider =
    tooMuch.length === 0
      ? "any value"
      : `${tooMuch.map(quoted).join(", ")}${tooMuch.length === 1 ? "" : " too"}`;
  return [
    fault(
      `The pipeline's parameter ${quoted(source.name)} allows ${wider}, the task only ${allowed.map(quoted).join(", ")}.`,
      "Give the pipeline's parameter an `enum` that allows no more than the task.",
    ),
  ];
}
