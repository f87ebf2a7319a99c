import { failed, ok, type Result } from "../../problem.ts";
import { substituteList, substituteText, type Variables } from "../../tekton/substitute.ts";
import type { WhenExpression } from "../../tekton/types.ts";

async function celHolds(expression: string): Promise<Result<boolean>> {
  // Most runs have none.
  const { evaluateCel } = await import("../evaluate-cel.ts");
  const found = await evaluateCel(expression);
  const fault = found.ok ? " gives no boolean" : `: ${found.problem.what}`;
  return found.ok && typeof found.value === "boolean"
    ? ok(found.value)
    : failed({ kind: "invalid", what: `CEL expression ${expression}${fault}` });
}

/** Whether all when expressions of a task hold; a problem where a CEL expression cannot be evaluated. */
export async function evaluateWhen(
  expressions: readonly WhenExpression[],
  variables: Variables,
): Promise<Result<boolean>> {
  for (const { input = "", operator = "in", values = [], cel } of expressions) {
    if (cel !== undefined) {
      const holds = await celHolds(substituteText(cel, variables));
      if (!holds.ok || !holds.value) return holds;
      continue;
    }
    const found = substituteList(values, variables).includes(substituteText(input, variables));
    if (found !== (operator === "in")) return ok(false);
  }
  return ok(true);
}
