import type { ErrorObject } from "ajv";
import type { NodePath, SourceDocument } from "../../yaml/types.ts";
import { isList, isRecord, pointerPath, valueAt } from "../json.ts";
import { quoteValue, renameKey, replaceValue } from "../../yaml/node-fix.ts";
import type { NodeFix } from "../../yaml/node-fix.ts";
import { mistakeAt } from "../checks/mistake.ts";
import type { Mistake } from "../checks/mistake.ts";
import { quoted } from "../../quoted.ts";
import { nearestName, suggestName } from "../../suggest-name.ts";
import { findMisspellings, isUnknownKey, knownKeys, unknownKey } from "./misspellings.ts";
import type { Misspelling } from "./misspellings.ts";

/** One mistake, in words, for each thing that is wrong with a document by its schema. */
export function schemaMistakes(source: SourceDocument, errors: readonly ErrorObject[]): Mistake[] {
  const misspellings = findMisspellings(errors);
  const wrongValues = new Set<string>();
  return errors.flatMap((error) => {
    if (isConsequence(error, errors, misspellings)) return [];
    if (isUnknownKey(error)) return [unknownKeyMistake(source, error, errors)];
    if (error.keyword === "propertyNames") return [keyFormMistake(source, error)];
    if (error.keyword === "required") return [missingKeyMistake(source, error)];
    // One value can break its type, its pattern and its length at once: one mistake.
    if (wrongValues.has(error.instancePath)) return [];
    wrongValues.add(error.instancePath);
    return [valueMistake(source, error)];
  });
}

function isConsequence(
  error: ErrorObject,
  errors: readonly ErrorObject[],
  misspellings: readonly Misspelling[],
): boolean {
  // The error of keyword propertyNames says the same of the key as a whole.
  if (error.propertyName !== undefined || isBelowWrongKey(error, errors)) return true;
  if (error.keyword === "required") {
    const missing = String(error.params["missingProperty"]);
    const isMeant = misspellings.some(
      (m) => m.parent === error.instancePath && m.meant === missing,
    );
    return isMeant || missingInstead(error, errors) === missing;
  }
  if (error.keyword !== "minProperties" && error.keyword !== "maxProperties") return false;
  return errors.some((other) => isUnknownKey(other) && other.instancePath === error.instancePath);
}

/** Whether an error is about what stands under a key that can't stand there at all. */
function isBelowWrongKey({ instancePath }: ErrorObject, errors: readonly ErrorObject[]): boolean {
  return errors.some(
    (other) =>
      other.keyword === "propertyNames" &&
      instancePath === `${other.instancePath}/${String(other.params["propertyName"])}`,
  );
}

/** The one key that a mapping lacks where it has one unknown key instead: mostly one mistake, a key of another name. */
function missingInstead(
  { instancePath }: ErrorObject,
  errors: readonly ErrorObject[],
): string | undefined {
  const here = errors.filter((error) => error.instancePath === instancePath);
  const missing = here.filter(({ keyword }) => keyword === "required");
  const unknown = here.filter(isUnknownKey);
  if (missing.length !== 1 || unknown.length !== 1) return undefined;
  return findMisspellings(unknown).length > 0
    ? undefined
    : String(missing[0]?.params["missingProperty"]);
}

function unknownKeyMistake(
  source: SourceDocument,
  error: ErrorObject,
  errors: readonly ErrorObject[],
): Mistake {
  const parent = pointerPath(error.instancePath);
  const key = unknownKey(error);
  const path = [...parent, key];
  const [meant] = findMisspellings([error]);
  const ofMerge = key === "<<" ? mergeKeyHelp : undefined;
  const missing = missingInstead(error, errors);
  return mistakeAt(source, "schema-unknown-key", path, "key", {
    message: `${quoted(key)} is no key of ${nameOf(parent)}.`,
    help:
      ofMerge ??
      (missing === undefined
        ? suggestName(key, knownKeys(error), "known key")
        : `Missing here is ${quoted(missing)}; write that, or remove the key and add it.`),
    ...(meant !== undefined && { fix: renameKey(path, meant.meant) }),
  });
}

/** YAML 1.1 had them; in 1.2 it is a key like any other. */
const mergeKeyHelp = "Write the keys out: YAML 1.2 has no merge keys.";

function keyFormMistake(source: SourceDocument, error: ErrorObject): Mistake {
  const key = String(error.params["propertyName"]);
  const form: unknown = error.parentSchema?.["propertyNames"];
  const path = [...pointerPath(error.instancePath), key];
  return mistakeAt(source, "schema-value", path, "key", {
    message: `${quoted(key)} is not ${textOf(form, "title") ?? "a key of the right form"}.`,
    help: key === "<<" ? mergeKeyHelp : "Rename the key.",
  });
}

function missingKeyMistake(source: SourceDocument, error: ErrorObject): Mistake {
  const parent = pointerPath(error.instancePath);
  const key = String(error.params["missingProperty"]);
  const properties: unknown = error.parentSchema?.["properties"];
  const property: unknown = isRecord(properties) ? properties[key] : undefined;
  const description = textOf(property, "description");
  return mistakeAt(source, "schema-missing-key", parent, "key", {
    message: `${nameOf(parent)} lacks the key ${quoted(key)}.`,
    help: `Add \`${key}:\`.${description === undefined ? "" : ` ${description}`}`,
  });
}

function valueMistake(source: SourceDocument, error: ErrorObject): Mistake {
  const path = pointerPath(error.instancePath);
  if (error.keyword === "uniqueItems") return repeatedMistake(source, path, error);
  const fix = valueFix(source, path, error);
  return mistakeAt(source, "schema-value", path, "value", {
    message: `${nameOf(path)}: ${valueFault(error)}`,
    help: valueHelp(source, path, error),
    ...(fix !== undefined && { fix }),
  });
}

function repeatedMistake(
  source: SourceDocument,
  path: readonly string[],
  { data, params }: ErrorObject,
): Mistake {
  const last = Number(params["i"]);
  const entry = isList(data) ? data[last] : undefined;
  return mistakeAt(source, "schema-value", [...path, last], "value", {
    message: `${nameOf(path)}: ${quoted(entry)} stands twice.`,
    help: "Remove one of the two.",
  });
}

/** The nearest of a few allowed values, or quotes around a number or a boolean that makes a good text. */
function valueFix(
  source: SourceDocument,
  path: readonly string[],
  error: ErrorObject,
): NodeFix | undefined {
  if (isUnquoted(error)) return makesText(error) ? quoteValue(path) : undefined;
  if (typeof error.data !== "string") return undefined;
  const login = loginOf(error.data, error);
  if (login !== undefined) return replaceValue(path, login);
  const beside = valueAt(source.value, path.slice(0, -1));
  const allowed = allowedTexts(error);
  // An entry that stands in the list already would stand there twice.
  const free = isList(beside) ? allowed.filter((text) => !beside.includes(text)) : allowed;
  const meant = nearestName(error.data, free);
  return meant === undefined ? undefined : replaceValue(path, meant);
}

/** People are called `@octocat` in comments; where the text without the `@` is of the right form, that was meant. */
function loginOf(text: string, { keyword, params }: ErrorObject): string | undefined {
  const login = text.slice(1);
  if (keyword !== "pattern" || !text.startsWith("@")) return undefined;
  return new RegExp(String(params["pattern"]), "u").test(login) ? login : undefined;
}

function allowedTexts({ params }: ErrorObject): readonly string[] {
  const several: unknown = params["allowedValues"];
  const allowed: readonly unknown[] = Array.isArray(several) ? several : [params["allowedValue"]];
  return allowed.filter((value) => typeof value === "string");
}

function isUnquoted({ keyword, params, data }: ErrorObject): boolean {
  const isScalar = typeof data === "number" || typeof data === "boolean";
  return keyword === "type" && params["type"] === "string" && isScalar;
}

function makesText({ parentSchema, data }: ErrorObject): boolean {
  const pattern: unknown = parentSchema?.["pattern"];
  const fits = typeof pattern !== "string" || new RegExp(pattern, "u").test(String(data));
  return fits && parentSchema?.["enum"] === undefined;
}

function valueFault(error: ErrorObject): string {
  if (error.keyword === "minProperties" || error.keyword === "maxProperties") {
    return textOf(error.parentSchema, "description") ?? "it has too few or too many keys.";
  }
  if (error.keyword === "const") return `it has to be ${quoted(error.params["allowedValue"])}.`;
  if (error.keyword === "maxLength" && typeof error.data === "string") {
    return `it has ${error.data.length} characters, and at most ${String(error.params["limit"])} are allowed.`;
  }
  if (error.data === null) return `there is nothing; it has to be ${meaningOf(error)}.`;
  if (error.keyword === "minItems") return "at least one entry is needed.";
  if (error.keyword === "maxItems") return `at most ${String(error.params["limit"])} entries.`;
  if (error.keyword === "minimum" || error.keyword === "maximum") {
    return `${quoted(error.data)} has to be ${String(error.params["comparison"])} ${String(error.params["limit"])}.`;
  }
  return `${quoted(error.data)} is not ${meaningOf(error)}.`;
}

function meaningOf({ parentSchema, params }: ErrorObject): string {
  return textOf(parentSchema, "title") ?? typeName(params["type"]);
}

function valueHelp(source: SourceDocument, path: NodePath, error: ErrorObject): string {
  const allowed: unknown = error.params["allowedValues"];
  if (Array.isArray(allowed)) return suggestName(String(error.data), allowed.map(String), "value");
  if (isUnquoted(error) && makesText(error)) {
    const [edit] = source.textEdits(quoteValue(path).edits) ?? [];
    const inQuotes = edit?.newText ?? `"${String(error.data)}"`;
    return `Put it in quotes: ${inQuotes} (YAML reads 4.20 without quotes as 4.2).`;
  }
  if (error.keyword === "const") return `Write ${quoted(error.params["allowedValue"])}.`;
  const examples: unknown = error.parentSchema?.["examples"];
  if (!Array.isArray(examples) || examples.length === 0) return "Correct the value.";
  return `For example: ${examples.map((example) => JSON.stringify(example)).join(" or ")}.`;
}

function textOf(schema: unknown, key: "title" | "description"): string | undefined {
  const text = isRecord(schema) ? schema[key] : undefined;
  return typeof text === "string" ? text : undefined;
}

function typeName(type: unknown): string {
  if (type === "object") return "a mapping";
  if (type === "array") return "a list";
  return typeof type === "string" ? `of type ${type}` : "what has to stand here";
}

function nameOf(path: readonly string[]): string {
  return path.length === 0 ? "the document" : quoted(path.join(".")).slice(1, -1);
}
