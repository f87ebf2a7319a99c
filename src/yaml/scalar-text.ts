import { stringify } from "yaml";

/** The YAML of a string in one line, in quotes where it would be read as something else without them. */
export function scalarText(value: string): string {
  return stringify(value, { lineWidth: 0, blockQuote: false }).trimEnd();
}
