import type { ParamSpec, ParamValue } from "./types.ts";

export type ValueType = "string" | "array" | "object";

/** What a value is to Tekton. */
export function valueType(value: ParamValue): ValueType {
  if (typeof value === "string") return "string";
  return Array.isArray(value) ? "array" : "object";
}

/** The type of a param, inferred where it is not written. */
export function declaredType({ type, default: value, properties }: ParamSpec): ValueType {
  if (type !== undefined) return type;
  if (properties !== undefined) return "object";
  return value === undefined ? "string" : valueType(value);
}
