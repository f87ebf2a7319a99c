import type { NodePath } from "../yaml/types.ts";

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isList(value: unknown): value is unknown[] {
  return Array.isArray(value);
}

/** The parts of a JSON pointer (RFC 6901), list indexes as they are written. */
export function pointerPath(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The value at a path, or undefined where there is none. */
export function valueAt(value: unknown, path: NodePath): unknown {
  return path.reduce<unknown>((found, part) => {
    if (isList(found)) return found[Number(part)];
    if (isRecord(found) && Object.hasOwn(found, part)) return found[part];
    return undefined;
  }, value);
}

/** JSON with the keys of every mapping sorted: equal values give equal text. */
export function canonicalJson(value: unknown): string {
  if (isList(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (!isRecord(value)) return JSON.stringify(value ?? null);
  const entries = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`);
  return `{${entries.join(",")}}`;
}
