import type { NodePath } from "../../yaml/types.ts";
import { isRecord, valueAt } from "../value-at.ts";
import type { Misspelling } from "./schema-faults.ts";

/** Fields of v1 and what they are called in v1beta1. */
const v1beta1Names: ReadonlyMap<string | number, string> = new Map([
  ["computeResources", "resources"],
  ["stepSpecs", "stepOverrides"],
  ["sidecarSpecs", "sidecarOverrides"],
  ["serviceAccountName", "taskServiceAccountName"],
  ["podTemplate", "taskPodTemplate"],
  ["pipeline", "timeout"],
]);
/** Mappings of v1 whose fields stand one level higher in v1beta1. */
const v1beta1Flat: ReadonlySet<string | number> = new Set(["taskRunTemplate", "timeouts"]);

/** The way to a node in the document as it is written, from the way to it in v1 with every field spelt right. */
export function writtenPath(
  document: unknown,
  path: NodePath,
  misspellings: readonly Misspelling[] = [],
): NodePath {
  const written: (string | number)[] = [];
  path.forEach((part, depth) => {
    const here = valueAt(document, written);
    if (!isRecord(here) || Object.hasOwn(here, part)) {
      written.push(part);
      return;
    }
    const before = v1beta1Names.get(part);
    const misspelt = misspellings.find(
      ({ parent, meant }) => meant === part && isSamePath(parent, path.slice(0, depth)),
    )?.written;
    if (misspelt !== undefined) written.push(misspelt);
    else if (before !== undefined && Object.hasOwn(here, before)) written.push(before);
    else if (!v1beta1Flat.has(part)) written.push(part);
  });
  return written;
}

/** Whether a path is another or leads to something below it. */
export function isAtOrBelow(path: NodePath, other: NodePath): boolean {
  return other.every((part, index) => part === path[index]);
}

function isSamePath(path: NodePath, other: NodePath): boolean {
  return path.length === other.length && isAtOrBelow(path, other);
}
