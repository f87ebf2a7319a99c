import type * as z from "zod";
import { failed, ok, type Result } from "../problem.ts";
import type { SourceDocument } from "../yaml/types.ts";
import { convertV1beta1 } from "./convert-v1beta1.ts";
import { schemaFaults } from "./faults/schema-faults.ts";
import type { TektonFault } from "./faults/tekton-fault.ts";
import { foldFieldCase } from "./fold-field-case.ts";
import { writtenPath } from "./faults/written-path.ts";
import { withoutNulls } from "./without-nulls.ts";

/** Inside of an embedded spec Tekton takes a field whatever its capitals are. */
function parseFolded<T>(schema: z.ZodType<T>, value: unknown): z.ZodSafeParseResult<T> {
  const parsed = schema.safeParse(value);
  const folded = parsed.success ? undefined : foldFieldCase(schema, value, parsed.error.issues);
  return folded === undefined ? parsed : schema.safeParse(folded);
}

/**
 * A document read with one of the schemas of this folder, v1beta1 converted first; `faultsOf` finds what no schema says.
 * The problem's `where` is `file:line:column` of the first fault; `what` says how many more there are.
 */
export function parseObject<T>(
  schema: z.ZodType<T>,
  source: SourceDocument,
  faultsOf: (object: T) => readonly TektonFault[] = () => [],
): Result<T> {
  const value = convertV1beta1(withoutNulls(source.value));
  const parsed = parseFolded(schema, value);
  const [first, ...others] = parsed.success
    ? faultsOf(parsed.data)
    : schemaFaults(schema, value, parsed.error.issues);
  if (first === undefined) {
    if (parsed.success) return ok(parsed.data);
    throw parsed.error;
  }
  const range = source.rangeOf(writtenPath(source.value, first.path), first.part);
  const more = others.length === 0 ? "" : ` (${others.length} more like this)`;
  return failed({
    kind: "invalid",
    what: `${first.message}${more}`,
    where: `${source.file}:${range.line}:${range.column}`,
    next: `${first.help} See https://tekton.dev/docs/pipelines/pipeline-api/ for the fields of this object.`,
  });
}
