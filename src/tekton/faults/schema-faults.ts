import type * as z from "zod";
import { quoted } from "../../quoted.ts";
import { nearestName, suggestName } from "../../suggest-name.ts";
import { quoteValue, renameKey, replaceValue } from "../../yaml/node-fix.ts";
import type { NodePath } from "../../yaml/types.ts";
import { fieldPath } from "../field-path.ts";
import { isRecord, valueAt } from "../value-at.ts";
import { formerField } from "./former-fields.ts";
import { knownFields } from "./known-fields.ts";
import type { TektonFault } from "./tekton-fault.ts";

type Issue = z.core.$ZodIssue;

/** A key that is near to a known one which its object does not have. */
export interface Misspelling {
  readonly parent: NodePath;
  readonly written: string;
  readonly meant: string;
}

/** The way to what an issue is about. */
export function pathOf(issue: Issue): NodePath {
  return issue.path.filter((part) => typeof part !== "symbol");
}

/** The field that each unknown field of an issue was most likely meant to be. */
export function misspellingsOf(schema: z.ZodType, value: unknown, issue: Issue): Misspelling[] {
  if (issue.code !== "unrecognized_keys") return [];
  const parent = pathOf(issue);
  const object = valueAt(value, parent);
  const known = knownFields(schema, parent);
  const free = known.filter((field) => !(isRecord(object) && Object.hasOwn(object, field)));
  return issue.keys.flatMap((written) => {
    const former = formerField([...parent, written], known);
    const meant = former === undefined ? nearestName(written, free) : former.renamedTo;
    return meant === undefined || !free.includes(meant) ? [] : [{ parent, written, meant }];
  });
}

/** One fault, in words, for each thing that a value has wrong by its schema. */
export function schemaFaults(
  schema: z.ZodType,
  value: unknown,
  issues: readonly Issue[],
): TektonFault[] {
  const misspellings = issues.flatMap((issue) => misspellingsOf(schema, value, issue));
  const meant = new Set(misspellings.map((found) => fieldPath([...found.parent, found.meant])));
  return issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => unknownFieldFault(schema, pathOf(issue), key, misspellings));
    }
    const path = pathOf(issue);
    if (valueAt(value, path) !== undefined) return [valueFault(value, path, issue)];
    return meant.has(fieldPath(path)) ? [] : [missingFieldFault(path)];
  });
}

function unknownFieldFault(
  schema: z.ZodType,
  parent: NodePath,
  key: string,
  misspellings: readonly Misspelling[],
): TektonFault {
  const path = [...parent, key];
  const known = knownFields(schema, parent);
  const former = formerField(path, known);
  const isHere = (found: Misspelling) =>
    found.written === key && fieldPath(found.parent) === fieldPath(parent);
  const misspelling = misspellings.find(isHere);
  const isGone = former !== undefined && former.renamedTo === undefined;
  return {
    rule: isGone ? "tekton-gone" : "tekton-unknown-field",
    path,
    part: "key",
    message: `${fieldPath(parent)} has no field ${quoted(key)}${isGone ? " any more" : ""}.`,
    help: former?.help ?? suggestName(key, known, "known field"),
    ...(misspelling !== undefined && { fix: renameKey(path, misspelling.meant) }),
  };
}

function missingFieldFault(path: NodePath): TektonFault {
  const parent = path.slice(0, -1);
  const name = String(path.at(-1));
  return {
    rule: "tekton-missing-field",
    path: parent,
    part: "key",
    message: `${fieldPath(parent)} lacks the field ${quoted(name)}.`,
    help: `Add \`${name}:\`.`,
  };
}

function valueFault(value: unknown, path: NodePath, issue: Issue): TektonFault {
  const given = valueAt(value, path);
  const field = fieldPath(path);
  const at = { rule: "tekton-invalid", path, part: "value" } as const;
  if (issue.code === "too_small") {
    const what = typeof given === "string" ? "is empty" : "needs at least one entry";
    return { ...at, message: `${field} ${what}.`, help: "Fill it in." };
  }
  if (issue.code === "invalid_value") {
    const allowed = issue.values.map(String);
    const nearest = typeof given === "string" ? nearestName(given, allowed) : undefined;
    return {
      ...at,
      message: `${field} can't be ${quoted(given)}.`,
      help: suggestName(String(given), allowed, "possible value"),
      ...(nearest !== undefined && { fix: replaceValue(path, nearest) }),
    };
  }
  const meant = issue.code === "invalid_union" ? issue.errors.find(isOfType)?.[0] : undefined;
  if (meant !== undefined) return valueFault(value, [...path, ...pathOf(meant)], meant);
  const wanted = wantedTypes(issue);
  if (wanted.length === 0) {
    return { ...at, message: `${field} can't be ${quoted(given)}.`, help: `It ${issue.message}.` };
  }
  const words = wanted.map(typeWords).join(" or ");
  const message = `${field} is ${typeWords(typeOf(given))}; it has to be ${words}.`;
  const isUnquoted = typeof given === "number" || typeof given === "boolean";
  return wanted.includes("string") && isUnquoted
    ? { ...at, message, help: "Put the value in quotes.", fix: quoteValue(path) }
    : { ...at, message, help: `Write ${words}.` };
}

/** Of several possible types the one that a value has, whatever else is wrong with it. */
function isOfType(issues: readonly Issue[]): boolean {
  return issues.every(({ code, path }) => code !== "invalid_type" || path.length > 0);
}

function wantedTypes(issue: Issue): readonly string[] {
  if (issue.code === "invalid_type") return [issue.expected];
  if (issue.code !== "invalid_union") return [];
  return issue.errors.flatMap((branch) =>
    branch.flatMap((inner) => (inner.code === "invalid_type" ? [inner.expected] : [])),
  );
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  return value === null ? "null" : typeof value;
}

const wordsOfTypes: ReadonlyMap<string, string> = new Map([
  ["string", "a string"],
  ["number", "a number"],
  ["int", "a whole number"],
  ["boolean", "true or false"],
  ["array", "a list"],
  ["object", "a mapping"],
  ["record", "a mapping"],
  ["null", "empty"],
]);

function typeWords(type: string): string {
  return wordsOfTypes.get(type) ?? type;
}
