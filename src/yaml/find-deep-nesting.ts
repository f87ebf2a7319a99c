import type { CST } from "yaml";

/** No file of a streams repository comes near; beyond it the composer's recursion could exhaust the stack. */
export const maximumNesting = 64;

type Token = CST.Token | null | undefined;

/** The offset of the first token that is nested deeper than `maximumNesting`; walks without recursion. */
export function findDeepNesting(tokens: readonly CST.Token[]): number | undefined {
  const open: { token: Token; depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (!token) continue;
    if (depth > maximumNesting) return token.offset;
    for (const child of childrenOf(token)) open.push({ token: child, depth: depth + 1 });
  }
  return undefined;
}

function childrenOf(token: CST.Token): Token[] {
  if (token.type === "document") return [token.value];
  if (!("items" in token)) return [];
  return token.items.flatMap((item) => [item.key, item.value]);
}
