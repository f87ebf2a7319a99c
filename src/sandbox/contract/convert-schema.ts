/** A JSON value that is an object. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** OpenAPI 3.0 as JSON Schema: `nullable` becomes a choice of null, everything else stays. */
export function toJsonSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toJsonSchema);
  if (!isObject(value)) return value;
  const entries = Object.entries(value)
    // Examples hold data, and a discriminator is no validation.
    .filter(([key]) => !["nullable", "example", "examples", "discriminator"].includes(key))
    .map(([key, inner]) => [key, toJsonSchema(inner)] as const);
  // A property may itself be called nullable or example: only booleans are the keyword.
  const kept = { ...namedLikeKeywords(value), ...Object.fromEntries(entries) };
  return value["nullable"] === true ? { anyOf: [{ type: "null" }, kept] } : kept;
}

function namedLikeKeywords(value: JsonObject): JsonObject {
  const named = ["nullable", "example", "examples", "discriminator"].filter((key) =>
    looksLikeSchema(value[key]),
  );
  return Object.fromEntries(named.map((key) => [key, toJsonSchema(value[key])]));
}

function looksLikeSchema(value: unknown): boolean {
  return isObject(value) && (typeof value["type"] === "string" || "$ref" in value);
}
