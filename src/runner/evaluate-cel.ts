import { createContext, Script } from "node:vm";
import type { RE2JS } from "re2js";
import { failed, ok, type Result } from "../problem.ts";
import { isRecord } from "../tekton/value-at.ts";

/** What an expression may use beside CEL itself. */
export interface CelSurroundings {
  readonly variables?: Readonly<Record<string, unknown>>;
  /** By their signatures. */
  readonly functions?: Readonly<Record<string, (...args: never[]) => unknown>>;
}

/** Loops within loops could go on for years, and nothing else happens meanwhile. */
const longestMilliseconds = 2000;
const call = new Script("run()");

/** Lets a function run for so long at most. Throws what it throws, and where it takes longer. */
function withinTime(run: () => void): void {
  call.runInContext(createContext({ run }), { timeout: longestMilliseconds });
}

/** A call as the library shows it to what takes the place of a function. */
interface MacroCall {
  readonly receiver: unknown;
  readonly args: readonly unknown[];
}
interface Checker {
  getType(name: string): unknown;
  check(node: unknown, scope: unknown): { readonly type: string };
}
interface Evaluator {
  eval(node: unknown, scope: unknown): unknown;
}

/** CEL's regular expressions are RE2's: no text makes them slow, and some are written otherwise than JavaScript's. */
function createMatches(re2: typeof RE2JS): (call: MacroCall) => object {
  return ({ receiver, args: [pattern] }) => ({
    async: false,
    typeCheck: (checker: Checker, _macro: unknown, scope: unknown) => {
      const types = [receiver, pattern].map((node) => checker.check(node, scope).type);
      if (types.every((type) => type === "string" || type === "dyn"))
        return checker.getType("bool");
      throw new Error(`matches takes a string and a pattern, not ${types.join(" and ")}`);
    },
    evaluate: (evaluator: Evaluator, _macro: unknown, scope: unknown) => {
      const text = evaluator.eval(receiver, scope);
      const expression = evaluator.eval(pattern, scope);
      if (typeof text === "string" && typeof expression === "string") {
        return re2.compile(expression).test(text);
      }
      throw new Error("matches takes a string and a pattern");
    },
  });
}

/** Evaluates a CEL expression; a problem says why that cannot be done. Loads what it takes when it is first asked. */
export async function evaluateCel(
  expression: string,
  { variables, functions = {} }: CelSurroundings = {},
): Promise<Result<unknown>> {
  const { Environment } = await import("@marcbachmann/cel-js");
  const cel = new Environment({ unlistedVariablesAreDyn: variables !== undefined });
  for (const [signature, run] of Object.entries(functions)) cel.registerFunction(signature, run);
  if (expression.includes("matches")) {
    // The library keeps its own, which is that of strings; but a macro of this name comes first, whatever its receiver.
    const { RE2JS: re2 } = await import("re2js");
    cel.registerFunction("bytes.matches(ast): bool", createMatches(re2));
  }
  let value: unknown;
  try {
    withinTime(() => {
      value = cel.evaluate(expression, variables);
    });
  } catch (error) {
    const isLate = isRecord(error) && error["code"] === "ERR_SCRIPT_EXECUTION_TIMEOUT";
    const late = `it takes longer than ${longestMilliseconds / 1000} s`;
    const what = isLate ? late : error instanceof Error ? error.message : String(error);
    return failed({ kind: "invalid", what });
  }
  return ok(value);
}
