import { evaluate } from "@marcbachmann/cel-js";
import { failed, ok, type Result } from "../../problem.ts";
import { substituteList, substituteText, type Variables } from "../../tekton/substitute.ts";
import type { WhenExpression } from "../../tekton/types.ts";

function evaluateCel(expression: string): Result<boolean> {
  try {
    const value: unknown = evaluate(expression);
    if (typeof value === "boolean") return ok(value);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return failed({ kind: "invalid", what: `CEL expression ${expression}: ${detail}` });
  }
  return failed({ kind: "invalid", what: `CEL expression ${expression} gives no boolean` });
}

/** Whether all when expressions of a task hold; a problem where a CEL expression cannot be evaluated. */
export function evaluateWhen(
  expressions: readonly WhenExpression[],
  variables: Variables,
): Result<boolean> {
  for (const { input = "", operator = "in", values = [], cel } of expressions) {
    if (cel !== undefined) {
      const holds = evaluateCel(substituteText(cel, variables));
      if (!holds.ok || !holds.value) return holds;
      continue;
    }
    const found = substituteList(values, variables).includes(substituteText(input, variables));
    if (found !== (operator === "in")) return ok(false);
  }
  return ok(true);
}
