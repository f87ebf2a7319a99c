import { resolveParams, type ParamFault, type ResolvedParams } from "./resolve-params.ts";
import { substituteDeep } from "./substitute-deep.ts";
import type { Param, ParamSpec, ParamValue } from "./types.ts";
import { stringsIn } from "./references.ts";
import { variablesIn } from "./variables.ts";

/** As many params as may stand for one another, as Tekton counts them. */
const longestChain = 10;

function paramsNamedIn(value: ParamValue): readonly string[] {
  return stringsIn(value)
    .flatMap(variablesIn)
    .flatMap(({ parts: [scope, name] }) =>
      scope === "params" && name !== undefined ? [name] : [],
    );
}

/** The defaults with the params that they name filled in; a fault where they name each other in a circle. */
function fillDefaults(
  values: ReadonlyMap<string, ParamValue>,
  given: ReadonlySet<string>,
): ReadonlyMap<string, ParamValue> | ParamFault {
  let filled = values;
  for (let round = 0; round <= longestChain; round += 1) {
    const open = [...filled].filter(
      ([name, value]) =>
        !given.has(name) && paramsNamedIn(value).some((other) => filled.has(other)),
    );
    if (open.length === 0) return filled;
    const ready = open.filter(([, value]) =>
      paramsNamedIn(value).every((other) => !open.some(([name]) => name === other)),
    );
    const variables = new Map([...filled].map(([name, value]) => [`params.${name}`, value]));
    filled = new Map([
      ...filled,
      ...ready.map(([name, value]): [string, ParamValue] => [
        name,
        substituteDeep({ value }, variables).value,
      ]),
    ]);
    if (ready.length === 0) break;
  }
  const message = "the defaults of params name each other in a circle, or in too long a chain";
  return { reason: "PipelineValidationFailed", message };
}

/**
 * The values that a pipeline runs with: what was given, declared or not, because what stands inside sees all of it; and
 * the defaults, which may name other params.
 */
export function pipelineParams(
  specs: readonly ParamSpec[],
  given: readonly Param[],
): ResolvedParams {
  const resolved = resolveParams(specs, given);
  if ("fault" in resolved) return resolved;
  const undeclared = given.map(({ name, value }): [string, ParamValue] => [name, value]);
  const names = new Set(given.map(({ name }) => name));
  const filled = fillDefaults(new Map([...undeclared, ...resolved.values]), names);
  return "reason" in filled ? { fault: filled } : { values: filled };
}
