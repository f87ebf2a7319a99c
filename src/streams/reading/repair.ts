import type { ErrorObject, ValidateFunction } from "ajv";
import type { NodeEdit } from "../../yaml/node-edit.ts";
import type { NodePath, SourceDocument } from "../../yaml/types.ts";
import { isList, isRecord, pointerPath, valueAt } from "../json.ts";
import { exampleOf } from "../schemas.ts";
import { findMisspellings } from "./schema-mistakes.ts";
import type { Misspelling } from "./schema-mistakes.ts";

/** Each round mends what the one before has brought to light; a document that needs more is left alone. */
const rounds = 6;

/**
 * The object that a document with errors of schema most likely means, so that its other mistakes can be told at once.
 * Misspelt keys are read as what they resemble, other wrong parts are left out; never used to run anything.
 * Undefined where that gives no valid object.
 */
export function repair<T>(
  validate: ValidateFunction<T>,
  source: SourceDocument,
): { readonly source: SourceDocument; readonly value: T } | undefined {
  const value = structuredClone(source.value);
  const misspellings: Misspelling[] = [];
  for (let round = 0; round < rounds; round += 1) {
    if (validate(value)) return { value, source: underOldNames(source, value, misspellings) };
    const errors = validate.errors ?? [];
    const found = findMisspellings(errors);
    if (found.length > 0) {
      found.forEach((misspelling) => rename(value, misspelling));
      misspellings.push(...found);
    } else {
      // From the end, so that leaving out an entry of a list moves none that is still to be mended.
      errors.toReversed().forEach((error) => mend(value, error));
    }
  }
  return undefined;
}

/**
 * Places are asked for by the meant names, and stand in the file under the written ones. What was left out may have
 * moved others, so only what still is where it was can be changed.
 */
function underOldNames(
  source: SourceDocument,
  value: unknown,
  misspellings: readonly Misspelling[],
): SourceDocument {
  const written = (path: NodePath): NodePath =>
    path.map((part, index) => {
      const parent = path.slice(0, index).map(String).join("/");
      const found = misspellings.find(
        (m) => m.meant === part && pointerPath(m.parent).join("/") === parent,
      );
      return found?.written ?? part;
    });
  const isAsWritten = ({ path }: NodeEdit): boolean =>
    JSON.stringify(valueAt(source.value, written(path).map(String))) ===
    JSON.stringify(valueAt(value, path.map(String)));
  return {
    ...source,
    rangeOf: (path, part, piece) => source.rangeOf(written(path), part, piece),
    textEdits: (edits) =>
      edits.every(isAsWritten)
        ? source.textEdits(edits.map((edit) => ({ ...edit, path: written(edit.path) })))
        : undefined,
  };
}

function rename(value: unknown, { parent, written, meant }: Misspelling): void {
  const object = valueAt(value, pointerPath(parent));
  if (!isRecord(object) || Object.hasOwn(object, meant)) return;
  object[meant] = object[written];
  Reflect.deleteProperty(object, written);
}

function mend(value: unknown, error: ErrorObject): void {
  const path = pointerPath(error.instancePath);
  if (error.keyword === "additionalProperties") {
    remove(value, [...path, String(error.params["additionalProperty"])]);
  } else if (error.keyword === "propertyNames") {
    remove(value, [...path, String(error.params["propertyName"])]);
  } else if (error.keyword === "required") {
    fill(value, path, error);
  } else if (error.propertyName === undefined) {
    replace(value, path, error);
  }
}

function replace(value: unknown, path: readonly string[], error: ErrorObject): void {
  const wrong = valueAt(value, path);
  const wantsText = error.keyword === "type" && error.params["type"] === "string";
  if (wantsText && (typeof wrong === "number" || typeof wrong === "boolean")) {
    const parent = valueAt(value, path.slice(0, -1));
    const last = path.at(-1) ?? "";
    if (isList(parent)) parent[Number(last)] = String(wrong);
    else if (isRecord(parent)) parent[last] = String(wrong);
    return;
  }
  remove(value, path);
}

function remove(value: unknown, path: readonly string[]): void {
  const parent = valueAt(value, path.slice(0, -1));
  const last = path.at(-1) ?? "";
  if (isList(parent)) parent.splice(Number(last), 1);
  else if (isRecord(parent)) Reflect.deleteProperty(parent, last);
}

function fill(value: unknown, path: readonly string[], error: ErrorObject): void {
  const object = valueAt(value, path);
  const key = String(error.params["missingProperty"]);
  const properties: unknown = error.parentSchema?.["properties"];
  const example = exampleOf(isRecord(properties) ? properties[key] : undefined);
  // A whole mapping made up from an example would only bring findings of its own.
  if (isRecord(object) && !isRecord(example) && example !== undefined) object[key] = example;
}
