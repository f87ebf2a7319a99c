import type { ErrorObject, ValidateFunction } from "ajv";
import type { NodeEdit } from "../../yaml/node-edit.ts";
import type { NodePath, SourceDocument } from "../../yaml/types.ts";
import { isList, isRecord, pointerPath, valueAt } from "../json.ts";
import { exampleOf } from "../schemas.ts";
import { findMisspellings } from "./misspellings.ts";
import type { Misspelling } from "./misspellings.ts";

/** Each round mends what the one before has brought to light; a document that needs more is left alone. */
const rounds = 6;

/** What was changed in a document to make it valid, by the mappings and lists themselves: paths move. */
interface Changes {
  /** The written names of keys by the meant ones. */
  readonly renamed: WeakMap<object, Map<string, string>>;
  /** The positions that the entries of a list had before others were left out. */
  readonly positions: WeakMap<object, number[]>;
  /** Places as they are in the file. */
  readonly guesses: NodePath[];
}

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
  const changes: Changes = { renamed: new WeakMap(), positions: new WeakMap(), guesses: [] };
  for (let round = 0; round < rounds; round += 1) {
    if (validate(value)) return { value, source: asWritten(source, value, changes) };
    const errors = validate.errors ?? [];
    const found = findMisspellings(errors);
    if (found.length > 0) found.forEach((misspelling) => rename(value, changes, misspelling));
    // From the end, so that leaving out an entry of a list moves none that is still to be mended.
    else errors.toReversed().forEach((error) => mend(value, changes, error));
  }
  return undefined;
}

/** Places are asked for as in the mended object, and stand in the file under other names and at other positions. */
function asWritten(source: SourceDocument, value: unknown, changes: Changes): SourceDocument {
  const written = (path: NodePath): NodePath => writtenPath(value, changes, path);
  const isUnchanged = ({ path }: NodeEdit): boolean =>
    JSON.stringify(valueAt(source.value, written(path).map(String))) ===
    JSON.stringify(valueAt(value, path.map(String)));
  return {
    ...source,
    rangeOf: (path, part, piece) => source.rangeOf(written(path), part, piece),
    textEdits: (edits) =>
      edits.every(isUnchanged)
        ? source.textEdits(edits.map((edit) => ({ ...edit, path: written(edit.path) })))
        : undefined,
    isGuess: (path, scope) => {
      const place = written(path);
      return changes.guesses.some((guess) => {
        return isAtOrBelow(place, guess) || (scope === "within" && isAtOrBelow(guess, place));
      });
    },
  };
}

function writtenPath(value: unknown, { renamed, positions }: Changes, path: NodePath): NodePath {
  let place = value;
  return path.map((part) => {
    const around = place;
    place = valueAt(around, [part]);
    if (isList(around)) return positions.get(around)?.[Number(part)] ?? part;
    return (isRecord(around) ? renamed.get(around)?.get(String(part)) : undefined) ?? part;
  });
}

function isAtOrBelow(path: NodePath, above: NodePath): boolean {
  return above.every((part, index) => String(part) === String(path[index]));
}

function rename(
  value: unknown,
  { renamed }: Changes,
  { parent, written, meant }: Misspelling,
): void {
  const object = valueAt(value, pointerPath(parent));
  if (!isRecord(object) || Object.hasOwn(object, meant)) return;
  object[meant] = object[written];
  Reflect.deleteProperty(object, written);
  renamed.set(object, (renamed.get(object) ?? new Map<string, string>()).set(meant, written));
}

function mend(value: unknown, changes: Changes, error: ErrorObject): void {
  const path = pointerPath(error.instancePath);
  if (error.keyword === "additionalProperties") {
    remove(value, changes, [...path, String(error.params["additionalProperty"])]);
  } else if (error.keyword === "propertyNames") {
    remove(value, changes, [...path, String(error.params["propertyName"])]);
  } else if (error.keyword === "required") {
    fill(value, changes, path, error);
  } else if (error.keyword === "uniqueItems") {
    remove(value, changes, [...path, String(error.params["i"])]);
  } else if (error.propertyName === undefined) {
    replace(value, changes, path, error);
  }
}

function replace(
  value: unknown,
  changes: Changes,
  path: readonly string[],
  error: ErrorObject,
): void {
  const wrong = valueAt(value, path);
  const wantsText = error.keyword === "type" && error.params["type"] === "string";
  if (wantsText && (typeof wrong === "number" || typeof wrong === "boolean")) {
    changes.guesses.push(writtenPath(value, changes, path));
    const parent = valueAt(value, path.slice(0, -1));
    const last = path.at(-1) ?? "";
    if (isList(parent)) parent[Number(last)] = String(wrong);
    else if (isRecord(parent)) parent[last] = String(wrong);
    return;
  }
  remove(value, changes, path);
}

function remove(value: unknown, changes: Changes, path: readonly string[]): void {
  const { positions, guesses } = changes;
  guesses.push(writtenPath(value, changes, path));
  const parent = valueAt(value, path.slice(0, -1));
  const last = path.at(-1) ?? "";
  if (isList(parent)) {
    const before = positions.get(parent) ?? [...parent.keys()];
    positions.set(parent, before.toSpliced(Number(last), 1));
    parent.splice(Number(last), 1);
  } else if (isRecord(parent)) {
    Reflect.deleteProperty(parent, last);
  }
}

function fill(value: unknown, changes: Changes, path: readonly string[], error: ErrorObject): void {
  const object = valueAt(value, path);
  const key = String(error.params["missingProperty"]);
  const properties: unknown = error.parentSchema?.["properties"];
  const example = exampleOf(isRecord(properties) ? properties[key] : undefined);
  // A whole mapping made up from an example would only bring findings of its own.
  if (!isRecord(object) || isRecord(example) || example === undefined) return;
  changes.guesses.push(writtenPath(value, changes, [...path, key]));
  object[key] = example;
}
