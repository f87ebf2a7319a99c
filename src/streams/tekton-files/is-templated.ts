import type { NodePath } from "../../yaml/types.ts";
import { valueAt } from "../json.ts";

/** True for a value that a TriggerTemplate's param decides, so that nobody knows it before a request comes. */
export function isTemplated(document: unknown, path: NodePath): boolean {
  const value = valueAt(document, path);
  return typeof value === "string" && value.includes("$(tt.params.");
}
