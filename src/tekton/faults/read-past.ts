import type * as z from "zod";
import type { NodePath } from "../../yaml/types.ts";
import { valueAt, withValueAt } from "../value-at.ts";
import { misspellingsOf, pathOf } from "./schema-faults.ts";
import type { Misspelling } from "./schema-faults.ts";

/** Mending one fault may bring up another below it; what takes more rounds is left. */
const maximumRounds = 4;

/** An object as it would be without its faults of schema, so that one look tells everything else that is wrong. */
export interface ReadPast<T> {
  readonly object: T;
  readonly misspellings: readonly Misspelling[];
  /** Where a value was made up; what is said about it would only be a consequence. */
  readonly madeUp: readonly NodePath[];
}

/** Reads past misspelt and unknown fields and wrong values; undefined where too much is missing. */
export function readPast<T>(schema: z.ZodType<T>, value: unknown): ReadPast<T> | undefined {
  let mended = value;
  const misspellings: Misspelling[] = [];
  const madeUp: NodePath[] = [];
  for (let round = 0; round <= maximumRounds; round += 1) {
    const before = mended;
    const parsed = schema.safeParse(before);
    if (parsed.success) return { object: parsed.data, misspellings, madeUp };
    const { issues } = parsed.error;
    for (const issue of issues) {
      if (issue.code !== "unrecognized_keys") continue;
      const found = misspellingsOf(schema, mended, issue);
      mended = withoutUnknown(mended, pathOf(issue), issue.keys, found);
      misspellings.push(...found);
    }
    for (const issue of issues) {
      const path = pathOf(issue);
      const wrong = valueAt(mended, path);
      // What was missing may have stood there under a misspelt name.
      const isMended = wrong !== undefined && valueAt(before, path) === undefined;
      if (issue.code === "unrecognized_keys" || isMended) continue;
      madeUp.push(path);
      mended = withValueAt(mended, path, substituteFor(issue, wrong, madeUp));
    }
  }
  return undefined;
}

function withoutUnknown(
  value: unknown,
  parent: NodePath,
  keys: readonly string[],
  misspellings: readonly Misspelling[],
): unknown {
  return keys.reduce((object, key) => {
    const path = [...parent, key];
    const meant = misspellings.find((misspelling) => misspelling.written === key)?.meant;
    const without = withValueAt(object, path, undefined);
    if (meant === undefined || valueAt(without, [...parent, meant]) !== undefined) return without;
    return withValueAt(without, [...parent, meant], valueAt(object, path));
  }, value);
}

/** What may stand instead of a wrong value: nothing at first, and where that is missed something that says nothing. */
function substituteFor(
  issue: z.core.$ZodIssue,
  wrong: unknown,
  madeUp: readonly NodePath[],
): unknown {
  if (issue.code === "invalid_value") return wrong === undefined ? issue.values[0] : undefined;
  if (issue.code === "too_small" && typeof wrong !== "string") return wrong;
  if (issue.code === "invalid_type" && issue.expected === "object" && wrong === undefined)
    return {};
  const wantsText = issue.code === "invalid_type" && issue.expected === "string";
  if (wantsText && (typeof wrong === "number" || typeof wrong === "boolean")) return String(wrong);
  if (wantsText || issue.code === "invalid_union" || issue.code === "too_small") {
    return `unknown-${madeUp.length}`;
  }
  return undefined;
}
