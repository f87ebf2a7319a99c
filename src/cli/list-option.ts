/** For options that may be repeated, each with one value. */
export function listOption(value: string, values: readonly string[] = []): string[] {
  return [...values, value];
}
