const mask = "*****";
/** Shorter values (such as `true`) would mask half of every log. */
const minimumLength = 4;

/**
 * A function that hides secret values in text: longest first, each line of a value too, because tools print
 * multi-line keys line by line.
 */
export function maskSecrets(values: readonly string[]): (text: string) => string {
  const parts = values.flatMap((value) => [value, value.trim(), ...value.split("\n")]);
  const longestFirst = [...new Set(parts)]
    .filter((part) => part.length >= minimumLength)
    .sort((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((masked, part) => masked.replaceAll(part, mask), text);
}
