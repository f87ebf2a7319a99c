import { replacePiece } from "../../yaml/node-fix.ts";
import type { PlacedVariable } from "./placed-variables.ts";
import type { TektonFault, TektonRuleId } from "./tekton-fault.ts";

export interface VariableFaultText {
  readonly message: string;
  readonly help: string;
  /** The variable as it should be, where that is plain. */
  readonly meant?: string | undefined;
}

/** A fault at one `$(…)` of a string, with a fix where it is known what was meant. */
export function variableFault(
  rule: TektonRuleId,
  { variable: { written }, path }: PlacedVariable,
  { message, help, meant }: VariableFaultText,
): TektonFault {
  const fault = { rule, path, part: "value", piece: written, message, help } as const;
  return meant === undefined ? fault : { ...fault, fix: replacePiece(path, written, meant) };
}
