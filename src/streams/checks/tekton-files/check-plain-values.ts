import type { NodePath, SourceDocument } from "../../../yaml/types.ts";
import { quoteValue } from "../../../yaml/node-fix.ts";
import { quoted } from "../../../quoted.ts";
import { isList, isRecord, valueAt } from "../../json.ts";
import { mistakeAt } from "../mistake.ts";
import type { Mistake } from "../mistake.ts";

/** Fields that hold texts, whatever a text may look like. */
const textFields: ReadonlySet<string> = new Set([
  "args",
  "command",
  "default",
  "enum",
  "value",
  "values",
]);
const kubernetesTrue = /^(?:y|yes|on)$/i;
const kubernetesFalse = /^(?:n|no|off)$/i;
const kubernetesNumber = /^[-+]?(?:0b[01_]+|\d[\d_]*_[\d_]*(?:\.\d*)?)$/i;

/**
 * Texts of a Tekton document that stand without quotes, and that Kubernetes, which reads YAML 1.1, takes for something
 * else: `no` for false, `4.20` for 4.2.
 */
export function checkPlainValues(source: SourceDocument): Mistake[] {
  const apiVersion = valueAt(source.value, ["apiVersion"]);
  if (typeof apiVersion !== "string" || !/(?:^|\.)tekton\.dev\//.test(apiVersion)) return [];
  return textsIn(source.value, [], false).flatMap(({ path, value }): Mistake[] => {
    const written = writtenPlain(source, path);
    // A number that is written as JSON writes it arrives as it is.
    if (written === undefined || (typeof value === "number" && written === String(value)))
      return [];
    return [
      mistakeAt(source, "value-unquoted", path, "value", {
        message: `Without quotes, Kubernetes reads ${quoted(written)} as ${readAs(written, value)}.`,
        help: `Put it in quotes: ${quoted(written)}.`,
        fix: quoteValue(path),
      }),
    ];
  });
}

function readAs(written: string, value: string | number): string {
  if (kubernetesTrue.test(written)) return "true";
  if (kubernetesFalse.test(written)) return "false";
  // An octal number in YAML 1.1, a decimal one in 1.2.
  return /^[-+]?0\d/.test(written) || typeof value === "string" ? "another number" : `${value}`;
}

interface Text {
  readonly path: NodePath;
  readonly value: string | number;
}

/** The values that may be read otherwise; Tekton takes numbers for texts in params only. */
function textsIn(value: unknown, path: NodePath, isText: boolean): Text[] {
  if (isList(value))
    return value.flatMap((entry, index) => textsIn(entry, [...path, index], isText));
  if (isRecord(value)) {
    return Object.entries(value).flatMap(([key, entry]) =>
      textsIn(entry, [...path, key], textFields.has(key) && !isRecord(entry)),
    );
  }
  if (!isText) return [];
  if (typeof value === "number") return isOfParam(path) ? [{ path, value }] : [];
  return typeof value === "string" && isReadOtherwise(value) ? [{ path, value }] : [];
}

function isReadOtherwise(text: string): boolean {
  return [kubernetesTrue, kubernetesFalse, kubernetesNumber].some((pattern) => pattern.test(text));
}

/** The value of a param, or an entry of one. */
function isOfParam(path: NodePath): boolean {
  return path.at(-3) === "params" || path.at(-4) === "params";
}

/** A scalar as it is written, where it stands without quotes. */
function writtenPlain(source: SourceDocument, path: NodePath): string | undefined {
  const [edit] = source.textEdits(quoteValue(path).edits) ?? [];
  return edit === undefined ? undefined : edit.newText.slice(1, -1);
}
