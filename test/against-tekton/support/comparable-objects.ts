import { z } from "zod";
import { isRecord } from "../../../src/tekton/value-at.ts";
import { emptyWithoutThose, neverTheSame } from "./other-objects.ts";

const named = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
});

/** Texts that are other ones each time. */
const marks: readonly (readonly [RegExp, string])[] = [
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, "TIME"],
  [/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, "UID"],
  [/\bpvc-[0-9a-f]{10}\b/g, "CLAIM"],
];

function isEmpty(field: string, value: unknown): boolean {
  return emptyWithoutThose.includes(field) && isRecord(value) && Object.keys(value).length === 0;
}

/** Tekton leaves a blank where it has no more to say. */
function shown(field: string, value: unknown): unknown {
  return field === "message" && typeof value === "string" ? value.trimEnd() : value;
}

function timeless(value: unknown, namespace: string): unknown {
  if (typeof value === "string") {
    const text = value.replaceAll(namespace, "NAMESPACE");
    return marks.reduce((found, [pattern, mark]) => found.replaceAll(pattern, mark), text);
  }
  if (Array.isArray(value)) return value.map((one: unknown) => timeless(one, namespace));
  if (!isRecord(value)) return value;
  const fields = Object.entries(value)
    .filter(([field]) => !Object.hasOwn(neverTheSame, field))
    .map(([field, content]) => [field, timeless(shown(field, content), namespace)] as const);
  return Object.fromEntries(fields.filter(([field, content]) => !isEmpty(field, content)));
}

/** The value without what stands at a place, through all lists on the way. */
function without(value: unknown, [field = "", ...rest]: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => without(one, [field, ...rest]));
  if (!isRecord(value)) return value;
  const { [field]: found, ...others } = value;
  if (found === undefined || rest.length === 0) return others;
  return { ...others, [field]: without(found, rest) };
}

/** Lists that Tekton fills in the order in which it happened to look. */
function sorted(value: unknown): unknown {
  if (!isRecord(value) || !isRecord(value["status"])) return value;
  const { status } = value;
  const lists = ["childReferences", "skippedTasks"].flatMap((field) => {
    const list = status[field];
    if (!Array.isArray(list)) return [];
    const byName = z.array(z.looseObject({ name: z.string() })).parse(list);
    return [[field, byName.sort((a, b) => (a.name < b.name ? -1 : 1))] as const];
  });
  return { ...value, status: { ...status, ...Object.fromEntries(lists) } };
}

/**
 * Runs and their children by kind and name, whole but for what is never the same and what stands at `apart`;
 * `namespace` is where they were.
 */
export function comparableObjects(
  items: readonly unknown[],
  namespace: string,
  apart: readonly string[] = [],
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    items.map((item) => {
      const { kind, metadata } = named.parse(item);
      const whole = timeless(item, namespace);
      const rest = apart.reduce<unknown>((found, at) => without(found, at.split(".")), whole);
      return [`${kind} ${metadata.name}`, sorted(rest)];
    }),
  );
}
