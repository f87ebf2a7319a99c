import type { NodePath } from "../yaml/types.ts";

/** `spec.tasks[0].name`, as Tekton's own messages name a field; "the document" for the whole. */
export function fieldPath(path: NodePath): string {
  if (path.length === 0) return "the document";
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${part}`))
    .join("")
    .replace(/^\./, "");
}
