import * as z from "zod";
import type { NodePath } from "../../yaml/types.ts";

/** The fields that the object at a path may have by its schema; none where the schema leaves them open. */
export function knownFields(schema: z.ZodType, path: NodePath): readonly string[] {
  let found: z.core.$ZodType | undefined = schema;
  for (const part of path) found = child(found, part);
  const object = inner(found);
  return object instanceof z.ZodObject ? Object.keys(object.shape) : [];
}

function child(
  schema: z.core.$ZodType | undefined,
  part: string | number,
): z.core.$ZodType | undefined {
  const parent = inner(schema);
  if (parent instanceof z.ZodArray) return parent.element;
  if (parent instanceof z.ZodRecord) return parent.valueType;
  if (!(parent instanceof z.ZodObject)) return undefined;
  return new Map<string | number, z.core.$ZodType>(Object.entries(parent.shape)).get(part);
}

function inner(schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional) {
    return inner(schema.unwrap());
  }
  return schema;
}
