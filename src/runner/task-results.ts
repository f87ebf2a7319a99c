import { ok, type Result } from "../problem.ts";
import { substituteValue, type Variables } from "../tekton/substitute.ts";
import { variablesIn } from "../tekton/variables.ts";
import type { ParamValue, ResultSpec } from "../tekton/types.ts";
import { readResults } from "./read-results.ts";
import type { StepsEnd } from "./run-steps.ts";
import type { RunnableTaskSpec } from "./task-pod.ts";
import type { RunResult } from "./types.ts";

function typeOf(value: ParamValue): RunResult["type"] {
  if (typeof value === "string") return "string";
  return Array.isArray(value) ? "array" : "object";
}

/** A result that is taken from that of a step; undefined where the step left none. */
function fromStep({ name, value }: ResultSpec, left: Variables): RunResult | undefined {
  if (value === undefined) return undefined;
  const [only] = typeof value === "string" ? variablesIn(value) : [];
  const whole = only?.isWholeText === true ? left.get(only.parts.join(".")) : undefined;
  const found = whole ?? substituteValue(value, left);
  const missing = typeof found === "string" && variablesIn(found).length > 0;
  return missing ? undefined : { name, type: typeOf(found), value: found };
}

/** As steps told them, as Tekton lists them; then by their names. */
function inOrder(specs: readonly ResultSpec[], told: readonly string[]): readonly ResultSpec[] {
  const place = ({ name }: ResultSpec): number =>
    told.includes(name) ? told.indexOf(name) : told.length;
  return [...specs].sort((a, b) => place(a) - place(b) || (a.name < b.name ? -1 : 1));
}

/**
 * The results of a TaskRun: what stands in the files of a directory, named as steps see it, what its steps' results give, and otherwise their defaults. A
 * problem names the one that has another type than it declares.
 */
export function taskResults(
  { results: declared = [] }: RunnableTaskSpec,
  directory: string,
  { left, told, files }: StepsEnd,
  maxResultSize: number | undefined,
): Result<readonly RunResult[]> {
  const specs = inOrder(declared, told);
  const written = readResults(directory, specs, maxResultSize, files);
  if (!written.ok) return written;
  const byName = new Map(written.value.map((result) => [result.name, result]));
  return ok(
    specs.flatMap((one) => {
      const { name, default: otherwise } = one;
      const found = fromStep(one, left) ?? byName.get(name);
      if (found !== undefined) return [found];
      return otherwise === undefined ? [] : [{ name, type: typeOf(otherwise), value: otherwise }];
    }),
  );
}
