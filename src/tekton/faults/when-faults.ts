import type { NodePath } from "../../yaml/types.ts";
import type { WhenExpression } from "../types.ts";
import type { TektonFault } from "./tekton-fault.ts";

/** What is wrong with the form of `when` expressions. */
export function whenFaults(
  when: readonly WhenExpression[] | undefined,
  at: NodePath,
): TektonFault[] {
  return (when ?? []).flatMap((expression, index): TektonFault[] => {
    const wrong = wrongOf(expression);
    if (wrong === undefined) return [];
    const { field, message, help } = wrong;
    const path = [...at, index];
    return [
      {
        rule: "pipeline-when",
        path: field === undefined ? path : [...path, field],
        part: field === undefined ? "value" : "key",
        message,
        help,
      },
    ];
  });
}

interface Wrong {
  /** The field to point at; the whole expression where absent. */
  readonly field?: keyof WhenExpression;
  readonly message: string;
  readonly help: string;
}

function wrongOf({ cel, input, operator, values }: WhenExpression): Wrong | undefined {
  if (cel !== undefined && cel !== "") {
    if (input !== undefined || operator !== undefined || values !== undefined) {
      return {
        field: "cel",
        message: "`cel` stands beside `input`, `operator` or `values`.",
        help: "Write either `cel` alone, or the other three.",
      };
    }
    const code = withoutLiterals(cel);
    if (/['"]/.test(code)) {
      return {
        field: "cel",
        message: "A text in `cel` has no end.",
        help: "Close it with the quote that it begins with.",
      };
    }
    if (!code.includes("$")) return undefined;
    return {
      field: "cel",
      message: "A variable in `cel` stands outside of quotes.",
      help: "Put each variable in single quotes, such as `'$(params.NAME)' == 'x'`: it becomes a string before CEL reads it.",
    };
  }
  if (operator === undefined) {
    return {
      ...(input !== undefined && { field: "input" as const }),
      message: "The `when` expression has no `operator`.",
      help: "Write `input`, `operator: in` or `operator: notin`, and `values`.",
    };
  }
  if (values !== undefined && values.length > 0) return undefined;
  return {
    field: values === undefined ? "operator" : "values",
    message: "The `when` expression has no `values`.",
    help: "List under `values` what `input` is compared with.",
  };
}

/** A CEL expression without its string literals and comments. */
function withoutLiterals(cel: string): string {
  return cel.replace(
    /'''[^]*?'''|"""[^]*?"""|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*/g,
    "",
  );
}
