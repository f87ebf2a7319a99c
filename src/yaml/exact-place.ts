import { isAlias, isCollection, isMap, isNode, isScalar, isSeq } from "yaml";
import type { Document, Node, Scalar, YAMLMap } from "yaml";
import type { NodePath } from "./types.ts";

/** A node of a document with what stands around it. */
export interface ExactPlace {
  readonly key: Scalar | undefined;
  readonly value: Node | undefined;
  /** The mapping that holds the key. */
  readonly map: YAMLMap | undefined;
  /** Whether it stands within `{…}` or `[…]`. */
  readonly isInFlow: boolean;
}

/**
 * What stands at a path, and only there: undefined where there is nothing, and where an anchor lets other places share
 * it, which a change would change too.
 */
export function exactPlace(document: Document.Parsed, path: NodePath): ExactPlace | undefined {
  let place: ExactPlace | undefined = {
    key: undefined,
    value: document.contents ?? undefined,
    map: undefined,
    isInFlow: false,
  };
  for (const part of path) {
    place = childOf(place, part);
    if (place === undefined) return undefined;
  }
  return place;
}

function childOf({ value, isInFlow }: ExactPlace, part: string | number): ExactPlace | undefined {
  if (!isCollection(value) || isShared(value)) return undefined;
  const isFlow = isInFlow || value.flow === true;
  if (isSeq(value)) {
    const item = value.items[Number(part)];
    if (!isNode(item)) return undefined;
    return { key: undefined, value: item, map: undefined, isInFlow: isFlow };
  }
  if (!isMap(value)) return undefined;
  const pair = value.items.find(({ key }) => isScalar(key) && key.value === part);
  if (pair === undefined || !isScalar(pair.key)) return undefined;
  return {
    key: pair.key,
    value: isNode(pair.value) ? pair.value : undefined,
    map: value,
    isInFlow: isFlow,
  };
}

/** Whether a change of the node would be seen elsewhere. */
export function isShared(node: Node): boolean {
  return !isAlias(node) && node.anchor !== undefined;
}
