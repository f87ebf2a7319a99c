import type * as z from "zod";
import { misspellingsOf } from "./faults/schema-faults.ts";
import { valueAt, withValueAt } from "./value-at.ts";

/** Clusters hold no schema of these, so their fields reach Go's decoder as they are written. */
function isEmbedded(part: string | number): boolean {
  return part === "taskSpec" || part === "pipelineSpec";
}

/**
 * The value with fields written as the schema has them that differ from it in capital letters only, as Go's decoder
 * takes them in embedded specs; undefined where there are none such.
 */
export function foldFieldCase(
  schema: z.ZodType,
  value: unknown,
  issues: readonly z.core.$ZodIssue[],
): unknown {
  const folded = issues
    .flatMap((issue) => misspellingsOf(schema, value, issue))
    .filter(
      ({ parent, written, meant }) =>
        written.toLowerCase() === meant.toLowerCase() && [...parent, meant].some(isEmbedded),
    );
  if (folded.length === 0) return undefined;
  return folded.reduce<unknown>((object, { parent, written, meant }) => {
    const content = valueAt(object, [...parent, written]);
    const without = withValueAt(object, [...parent, written], undefined);
    return withValueAt(without, [...parent, meant], content);
  }, value);
}
