import { resolveParams, type ResolvedParams } from "./resolve-params.ts";
import { substituteText } from "./substitute.ts";
import type { Param, ParamSpec, ParamValue } from "./types.ts";

const named = /\$\(params\.[^()$]+\)/g;

function isText(value: ParamValue | undefined): value is string {
  return typeof value === "string" && value.includes("$(params.");
}

/**
 * The defaults of a Task's params. One that names others takes their defaults, those of later ones only where these name
 * none, and fills in the last name that has one: Tekton does no more for a Task, other than for a Pipeline. Without any
 * it is no default.
 */
function defaultsOf(specs: readonly ParamSpec[]): ReadonlyMap<string, ParamValue> {
  const known = new Map<string, ParamValue>();
  for (const { name, default: value } of specs) {
    if (value !== undefined && !isText(value)) known.set(`params.${name}`, value);
  }
  for (const { name, default: text } of specs) {
    if (!isText(text)) continue;
    const filled = [...text.matchAll(named)].flatMap(([variable]) => {
      const value = substituteText(variable, known);
      return value === variable ? [] : [text.replaceAll(variable, () => value)];
    });
    const last = filled.at(-1);
    if (last !== undefined) known.set(`params.${name}`, last);
  }
  return known;
}

/** The values that a Task runs with: what was given, declared or not, because its steps see all of it; and its defaults. */
export function taskParams(specs: readonly ParamSpec[], given: readonly Param[]): ResolvedParams {
  const resolved = resolveParams(specs, given);
  if ("fault" in resolved) return resolved;
  const values = new Map(given.map(({ name, value }) => [name, value]));
  const defaults = defaultsOf(specs);
  for (const [name, value] of resolved.values) {
    const known = values.has(name) ? value : defaults.get(`params.${name}`);
    if (known !== undefined) values.set(name, known);
  }
  return { values };
}
