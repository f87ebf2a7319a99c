import type { CST } from "yaml";

/** No file of a streams repository comes near; beyond it the composer's recursion could exhaust the stack. */
export const maximumNesting = 64;

/** The offset of the first token that is nested deeper than `maximumNesting`; it goes no deeper itself. */
export function findDeepNesting(tokens: readonly CST.Token[]): number | undefined {
  for (const token of tokens) {
    const deep = findBelow(token, 0);
    if (deep !== undefined) return deep;
  }
  return undefined;
}

function findBelow(token: CST.Token | null | undefined, depth: number): number | undefined {
  if (!token) return undefined;
  if (depth > maximumNesting) return token.offset;
  if (token.type === "document") return findBelow(token.value, depth + 1);
  if (!("items" in token)) return undefined;
  for (const { key, value } of token.items) {
    const deep = findBelow(key, depth + 1) ?? findBelow(value, depth + 1);
    if (deep !== undefined) return deep;
  }
  return undefined;
}
