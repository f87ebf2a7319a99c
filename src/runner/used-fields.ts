/** A value, and what a message calls its place. */
export interface Place {
  readonly at: string;
  readonly value: object;
}

function isUsed(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined;
}

/** Those of the fields that a value has, as `AT.field`; empty lists do not count. */
export function usedFields({ at, value }: Place, fields: readonly string[]): readonly string[] {
  return Object.entries(value)
    .filter(([field, content]) => fields.includes(field) && isUsed(content))
    .map(([field]) => `${at}.${field}`);
}
