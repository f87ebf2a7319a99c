import { isMap, isPair, isScalar, isSeq } from "yaml";
import type { Node } from "yaml";

export interface DuplicateKey {
  readonly key: string;
  readonly node: Node;
}

/** Keys that a mapping holds twice; the parser's own check takes quadratic time. */
export function findDuplicateKeys(root: unknown): DuplicateKey[] {
  if (isSeq(root)) return root.items.flatMap(findDuplicateKeys);
  if (!isMap(root)) return [];
  const seen = new Set<string>();
  return root.items.flatMap((pair) => {
    const below = isPair(pair) ? findDuplicateKeys(pair.value) : [];
    if (!isScalar(pair.key)) return below;
    const key = String(pair.key.value);
    if (seen.has(key)) return [{ key, node: pair.key }, ...below];
    seen.add(key);
    return below;
  });
}
