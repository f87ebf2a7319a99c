import { declaredType } from "../declared-type.ts";
import type { ParamSpec, ResultSpec } from "../types.ts";

type Properties = NonNullable<ParamSpec["properties"]>;

function storedProperties(properties: Properties): Properties {
  return Object.fromEntries(
    Object.entries(properties).map(([key, one]) => [key, { type: "string", ...one }]),
  );
}

/** The declaration of a param or a result with the type that it has where none is written. */
function storedDeclaration<T extends ParamSpec | ResultSpec>(
  spec: T,
  type: NonNullable<T["type"]>,
): T {
  const { properties } = spec;
  return {
    ...spec,
    type,
    ...(properties !== undefined && { properties: storedProperties(properties) }),
  };
}

export function storedParamSpec(spec: ParamSpec): ParamSpec {
  return storedDeclaration(spec, declaredType(spec));
}

/** The default of a result says nothing of its type. */
export function storedResultSpec(spec: ResultSpec): ResultSpec {
  const { type = spec.properties === undefined ? "string" : "object" } = spec;
  return storedDeclaration(spec, type);
}
