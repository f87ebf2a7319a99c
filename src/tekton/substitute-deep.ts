import { substituteList, substituteText, substituteValue, type Variables } from "./substitute.ts";
import { isRecord } from "./value-at.ts";

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === "string");
}

/**
 * A structure with the variables in all its texts replaced. A list of texts takes whole lists in, and a `value` that
 * is nothing but `$(name[*])`, as a param's can be, becomes that list or object.
 */
export function substituteDeep<T>(value: T, variables: Variables): T;
export function substituteDeep(value: unknown, variables: Variables): unknown {
  if (typeof value === "string") return substituteText(value, variables);
  if (isTexts(value)) return substituteList(value, variables);
  if (Array.isArray(value)) return value.map((entry: unknown) => substituteDeep(entry, variables));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      key,
      key === "value" && typeof entry === "string"
        ? substituteValue(entry, variables)
        : substituteDeep(entry, variables),
    ]),
  );
}
