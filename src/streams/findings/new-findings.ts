import type { Finding } from "./finding.ts";

/** The findings of `after` that `before` does not have, wherever they have moved to in their file. */
export function newFindings(before: readonly Finding[], after: readonly Finding[]): Finding[] {
  const known = new Map<string, number>();
  for (const finding of before) known.set(keyOf(finding), (known.get(keyOf(finding)) ?? 0) + 1);
  return after.filter((finding) => {
    const left = known.get(keyOf(finding)) ?? 0;
    known.set(keyOf(finding), left - 1);
    return left <= 0;
  });
}

function keyOf({ rule, severity, file, message }: Finding): string {
  return JSON.stringify([rule, severity, file, message]);
}
