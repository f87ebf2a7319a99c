import type { ValidateFunction } from "ajv";
import type { SourceDocument } from "../../yaml/types.ts";
import type { Mistake } from "../checks/mistake.ts";
import { repair } from "./repair.ts";
import { schemaMistakes } from "./schema-mistakes.ts";
import type { Sourced } from "../repository.ts";

export interface ReadObject<T> {
  /** Present where the document is valid. */
  readonly valid?: Sourced<T>;
  /** Present also where its mistakes could be read past; for further checks only. */
  readonly checkable?: Sourced<T>;
  readonly mistakes: readonly Mistake[];
}

/** A document read by its schema. */
export function readObject<T>(
  path: string,
  source: SourceDocument,
  validate: ValidateFunction<T>,
): ReadObject<T> {
  const { value } = source;
  if (validate(value)) {
    const valid = { path, source, value };
    return { valid, checkable: valid, mistakes: [] };
  }
  const mistakes = schemaMistakes(source, validate.errors ?? []);
  const repaired = repair(validate, source);
  if (repaired === undefined) return { mistakes };
  return { checkable: { path, ...repaired }, mistakes };
}
