/** Every string inside a value, however deep. */
export function stringsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}

export interface ResultReference {
  readonly task: string;
  readonly result: string;
  /** As it is written, without `$(` and `)`. */
  readonly variable: string;
}

const resultReference =
  /\$\((tasks\.([A-Za-z0-9_-]+)\.results(?:\.([A-Za-z0-9_-]+)|\['([^']+)'\]|\["([^"]+)"\])[^()]*)\)/g;

/** The results of other tasks that the strings of a value refer to, in order, repeats kept. */
export function resultReferences(value: unknown): readonly ResultReference[] {
  return stringsIn(value).flatMap((text) =>
    [...text.matchAll(resultReference)].map(
      ([, variable = "", task = "", dot, single, double]) => ({
        task,
        result: dot ?? single ?? double ?? "",
        variable,
      }),
    ),
  );
}
