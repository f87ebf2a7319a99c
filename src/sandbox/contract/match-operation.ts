import { isObject, type JsonObject } from "./convert-schema.ts";

/** Calls that GitHub answers but does not describe, and the path whose answer they give. */
const aliases: readonly (readonly [RegExp, string])[] = [
  [/^\/repositories\/\d+$/, "/repos/owner/repo"],
];

/** Parts that may hold slashes. */
const greedy = new Set(["path", "ref", "branch"]);

export interface OperationMatch {
  readonly template: string;
  readonly operation: JsonObject;
}

/** The described operation that a call is; of several the one with the fewest variable parts. */
export function matchOperation(
  paths: JsonObject,
  method: string,
  path: string,
): OperationMatch | undefined {
  const known = aliases.find(([pattern]) => pattern.test(path))?.[1] ?? path;
  const matches = Object.entries(paths).flatMap(([template, item]) => {
    const operation = isObject(item) ? item[method.toLowerCase()] : undefined;
    if (!isObject(operation) || !patternOf(template).test(known)) return [];
    return [{ template, operation }];
  });
  const variables = (match: OperationMatch): number => match.template.split("{").length;
  // Of two with as many variables the longer one says more: `{ref}/check-runs` before `{ref}`.
  return matches.sort(
    (one, other) =>
      variables(one) - variables(other) || other.template.length - one.template.length,
  )[0];
}

function patternOf(template: string): RegExp {
  const source = template
    .split(/(\{[^}]+\})/)
    .map((part) => {
      if (!part.startsWith("{")) return part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
      return greedy.has(part.slice(1, -1)) ? ".*" : "[^/]+";
    })
    .join("");
  return new RegExp(`^${source}$`);
}
