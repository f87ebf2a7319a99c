import { declaredType, valueType } from "./declared-type.ts";
import type { Param, ParamSpec, ParamValue } from "./types.ts";

/** A param that a run cannot use, with the reason that Tekton gives in the condition. */
export interface ParamFault {
  readonly reason:
    | "ParameterMissing"
    | "ParameterTypeMismatch"
    | "ObjectParameterMissKeys"
    | "InvalidParamValue"
    | "PipelineValidationFailed";
  readonly message: string;
}

/** The values of params, or why one of them cannot be used. */
export type ResolvedParams =
  { readonly values: ReadonlyMap<string, ParamValue> } | { readonly fault: ParamFault };

function faultOf(spec: ParamSpec, value: ParamValue): ParamFault | undefined {
  const wanted = declaredType(spec);
  const given = valueType(value);
  if (wanted !== given) {
    return {
      reason: "ParameterTypeMismatch",
      message: `param "${spec.name}" is declared as ${wanted} and given as ${given}`,
    };
  }
  const { enum: allowed = [] } = spec;
  if (allowed.length > 0 && typeof value === "string" && !allowed.includes(value)) {
    return {
      reason: "InvalidParamValue",
      message: `param "${spec.name}" must be one of ${allowed.join(", ")}`,
    };
  }
  const keys = typeof value === "string" ? [] : Object.keys(value);
  const missing = Object.keys(spec.properties ?? {}).filter((key) => !keys.includes(key));
  if (missing.length === 0) return undefined;
  return {
    reason: "ObjectParameterMissKeys",
    message: `param "${spec.name}" lacks the keys ${missing.join(", ")}`,
  };
}

function withDefaults(spec: ParamSpec, given: ParamValue | undefined): ParamValue | undefined {
  if (given === undefined || spec.default === undefined) return given ?? spec.default;
  if (valueType(given) !== "object" || valueType(spec.default) !== "object") return given;
  return Object.fromEntries([...Object.entries(spec.default), ...Object.entries(given)]);
}

/**
 * The values that a Pipeline or Task runs with: what was given over what is declared as default. Values without a
 * declaration are left out, as Tekton does. The first fault is told where one cannot be used.
 */
export function resolveParams(
  specs: readonly ParamSpec[],
  given: readonly Param[],
): ResolvedParams {
  const byName = new Map(given.map((param) => [param.name, param.value]));
  const values = new Map<string, ParamValue>();
  for (const spec of specs) {
    const value = withDefaults(spec, byName.get(spec.name));
    if (value === undefined) {
      const message = `param "${spec.name}" has no value and no default`;
      return { fault: { reason: "ParameterMissing", message } };
    }
    const fault = faultOf(spec, value);
    if (fault !== undefined) return { fault };
    values.set(spec.name, value);
  }
  return { values };
}
