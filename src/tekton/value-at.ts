import type { NodePath } from "../yaml/types.ts";

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function childOf(value: unknown, part: string | number): unknown {
  if (Array.isArray(value)) return value[Number(part)];
  return isRecord(value) && Object.hasOwn(value, part) ? value[part] : undefined;
}

/** What stands at a path in plain data; undefined where nothing does. */
export function valueAt(value: unknown, path: NodePath): unknown {
  return path.reduce(childOf, value);
}

/** The data with another value at a path, or without it where that is undefined. */
export function withValueAt(value: unknown, path: NodePath, replacement: unknown): unknown {
  const [part, ...rest] = path;
  if (part === undefined) return replacement;
  const child = withValueAt(childOf(value, part), rest, replacement);
  if (Array.isArray(value))
    return value.map((item: unknown, index) => (index === part ? child : item));
  if (!isRecord(value)) return value;
  return child === undefined ? withoutField(value, part) : { ...value, [part]: child };
}

/** The object without one of its fields. */
export function withoutField(
  object: Readonly<Record<string, unknown>>,
  field: string | number,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== field));
}
