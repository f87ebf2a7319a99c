import { isScalar } from "yaml";
import type { Pair, YAMLMap } from "yaml";
import type { ExactPlace } from "./exact-place.ts";
import type { NodeEdit } from "./node-edit.ts";
import { scalarText } from "./scalar-text.ts";
import type { TextEdit } from "./text-edit.ts";
import { offsetRange } from "./text-places.ts";

type NestPair = Extract<NodeEdit, { readonly kind: "nest-pair" }>;

const step = "  ";

/**
 * Puts a key with its value, and all its comments, one level deeper. Of keys that go under the same one, the first
 * brings it; they have to follow one another. Undefined where they don't, where that one is there already, and within
 * braces.
 */
export function nestPair(
  text: string,
  { key, value, map, isInFlow }: ExactPlace,
  edit: NestPair,
  all: readonly NodeEdit[],
): readonly TextEdit[] | undefined {
  if (!key?.range || value === undefined || map === undefined) return undefined;
  if (isInFlow || map.has(edit.under)) return undefined;
  const group = nestedTogether(map, edit, all);
  const index = map.items.findIndex((pair) => pair.key === key);
  const isFirst = group[0] === index;
  if (!isFirst && !group.includes(index - 1)) return undefined;

  const [start, end] = key.range;
  const place = offsetRange(text, start, end);
  const header = isFirst ? `${scalarText(edit.under)}:\n${" ".repeat(place.column - 1)}` : "";
  const newText = `${header}${step}${scalarText(edit.to)}`;
  return [{ ...place, newText }, ...indented(text, end, value.range?.[1] ?? end)];
}

/** Positions of the pairs of a mapping that go under the same key as this one. */
function nestedTogether(
  map: YAMLMap,
  { path, under }: NestPair,
  all: readonly NodeEdit[],
): readonly number[] {
  const parent = JSON.stringify(path.slice(0, -1));
  const names = all.flatMap((other) => {
    const isSibling = JSON.stringify(other.path.slice(0, -1)) === parent;
    return isSibling && other.kind === "nest-pair" && other.under === under
      ? [other.path.at(-1)]
      : [];
  });
  return map.items.flatMap(({ key }: Pair, index) =>
    isScalar(key) && names.some((name) => name === key.value) ? [index] : [],
  );
}

/** Indents every line that begins between two offsets; empty ones stay empty. */
function indented(text: string, from: number, to: number): readonly TextEdit[] {
  const lines = text
    .slice(from, to)
    .trimEnd()
    .matchAll(/\n(?!\r?\n)/g);
  return [...lines].map(({ index }) => {
    const start = from + index + 1;
    return { ...offsetRange(text, start, start), newText: step };
  });
}
