import type { z } from "zod";
import { failed, ok, type Result } from "../problem.ts";
import type { NodePath, SourceDocument } from "../yaml/types.ts";
import { convertV1beta1 } from "./convert-v1beta1.ts";

/** `spec.tasks[0].name`, as Tekton's own messages name a field. */
export function fieldPath(path: NodePath): string {
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${part}`))
    .join("")
    .replace(/^\./, "");
}

function issuePath(issue: z.core.$ZodIssue): NodePath {
  const path = issue.path.filter((part) => typeof part !== "symbol");
  const unknownField = issue.code === "unrecognized_keys" ? issue.keys[0] : undefined;
  return unknownField === undefined ? path : [...path, unknownField];
}

function sentence(issue: z.core.$ZodIssue, path: NodePath): string {
  const field = path.length === 0 ? "the document" : fieldPath(path);
  if (issue.code === "unrecognized_keys") return `${field} is no field that Tekton knows.`;
  return `${field}: ${issue.message}.`;
}

/**
 * A document read with one of the schemas of this folder, v1beta1 converted first.
 * The problem's `where` is `file:line:column` of the first fault; `what` says how many more there are.
 */
export function parseObject<T>(schema: z.ZodType<T>, source: SourceDocument): Result<T> {
  const parsed = schema.safeParse(convertV1beta1(source.value));
  if (parsed.success) return ok(parsed.data);
  const [first, ...others] = parsed.error.issues;
  if (first === undefined) throw parsed.error;
  const path = issuePath(first);
  const range = source.rangeOf(path, first.code === "unrecognized_keys" ? "key" : "value");
  const more = others.length === 0 ? "" : ` (${others.length} more like this)`;
  return failed({
    kind: "invalid",
    what: `${sentence(first, path)}${more}`,
    where: `${source.file}:${range.line}:${range.column}`,
    next: "See https://tekton.dev/docs/pipelines/pipeline-api/ for the fields of this object.",
  });
}
