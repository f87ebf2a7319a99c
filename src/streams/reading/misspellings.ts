import type { ErrorObject } from "ajv";
import { nearestName } from "../../suggest-name.ts";
import { isRecord } from "../json.ts";

/** Where a key is misspelt: the object's JSON pointer, the key that stands there and the one that was meant. */
export interface Misspelling {
  readonly parent: string;
  readonly written: string;
  readonly meant: string;
}

/** Unknown keys that are near to a known key which the object does not have. */
export function findMisspellings(errors: readonly ErrorObject[]): Misspelling[] {
  return errors.filter(isUnknownKey).flatMap((error) => {
    const written = unknownKey(error);
    const free = knownKeys(error).filter((key) => !(isRecord(error.data) && key in error.data));
    const meant = nearestName(written, free);
    return meant === undefined ? [] : [{ parent: error.instancePath, written, meant }];
  });
}

/** Whether an error says that a mapping has a key which its schema does not know. */
export function isUnknownKey(error: ErrorObject): boolean {
  return error.keyword === "additionalProperties";
}

/** The key that an error of `isUnknownKey` is about. */
export function unknownKey(error: ErrorObject): string {
  return String(error.params["additionalProperty"]);
}

/** The keys that the mapping of such an error may have. */
export function knownKeys(error: ErrorObject): string[] {
  const properties: unknown = error.parentSchema?.["properties"];
  return isRecord(properties) ? Object.keys(properties) : [];
}
