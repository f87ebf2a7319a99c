import * as z from "zod";

/** A text column that holds JSON, read as the shape it was written in. */
export function jsonColumn<S extends z.ZodType>(schema: S) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: "custom", message: "the column holds no JSON" });
        return z.NEVER;
      }
    })
    .pipe(schema);
}

/** An integer column that holds yes or no: SQLite has no booleans. */
export const flagColumn = z.int().transform((value) => value !== 0);

/** A moment as `toISOString` writes it, so that moments compare as text. */
export const momentColumn = z.iso.datetime({ precision: 3 });
