import { isMap, isScalar, isSeq } from "yaml";
import type { Node } from "yaml";

export interface DuplicateKey {
  readonly key: string;
  readonly node: Node;
}

/** Keys that a mapping holds twice; the parser's own check takes quadratic time. */
export function findDuplicateKeys(root: unknown): readonly DuplicateKey[] {
  const found: DuplicateKey[] = [];
  addDuplicates(root, found);
  return found;
}

function addDuplicates(node: unknown, found: DuplicateKey[]): void {
  if (isSeq(node)) node.items.forEach((item) => addDuplicates(item, found));
  if (!isMap(node)) return;
  const seen = new Set<string>();
  for (const pair of node.items) {
    if (isScalar(pair.key)) {
      const key = String(pair.key.value);
      if (seen.has(key)) found.push({ key, node: pair.key });
      seen.add(key);
    }
    addDuplicates(pair.value, found);
  }
}
