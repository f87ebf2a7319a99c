import { join } from "node:path";
import type { ParamValue, ResultSpec } from "../tekton/types.ts";
import { failed, ok, type Result } from "../problem.ts";
import type { SeenFiles } from "./isolation/seen-files.ts";
import { readLeftFile } from "./read-left-file.ts";
import type { RunResult } from "./types.ts";

/** What the results of one step may have in all, as the termination message of a container holds. */
const maximumBytes = 4096;

/** How much of the termination message a result takes. */
function messageBytes(key: string, value: string): number {
  return Buffer.byteLength(JSON.stringify({ key, value, type: 1 })) + 1;
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === "string");
}

function isStringMap(value: unknown): value is Readonly<Record<string, string>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((entry) => typeof entry === "string");
}

/** Tekton takes for a text what does not begin with its bracket, white space too. */
function parseResult(text: string, type: "array" | "object"): ParamValue | undefined {
  if (!text.startsWith(type === "array" ? "[" : "{")) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (type === "array") return isStrings(value) ? value : undefined;
    return isStringMap(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function typeOf({ type, properties }: ResultSpec): "string" | "array" | "object" {
  return type ?? (properties === undefined ? "string" : "object");
}

function tooLarge(what: string): Result<never> {
  return failed({
    kind: "refused",
    what: `${what}.`,
    next: "Write large values to a workspace and only their names to results; --max-result-size allows more, as a cluster does that takes results from sidecar logs.",
  });
}

/**
 * The declared results that steps wrote into a directory, named as they see it, by their names, as Tekton sorts them;
 * untrimmed, array and object results as the JSON that stood there. A problem names the result that has another type,
 * lacks a key, or makes them too large together; or is
 * too large itself, where each may have so many bytes.
 */
export function readResults(
  directory: string,
  specs: readonly ResultSpec[],
  each: number | undefined,
  files: SeenFiles,
): Result<readonly RunResult[]> {
  const results: RunResult[] = [];
  let bytes = messageBytes("StartedAt", "2026-01-01T00:00:00.000Z");
  for (const spec of specs) {
    const { name } = spec;
    const type = typeOf(spec);
    const read = readLeftFile(join(directory, name), each ?? maximumBytes, files);
    if (!read.ok)
      return failed({ ...read.problem, what: `result "${name}": ${read.problem.what}` });
    const content = read.value;
    if (content === undefined) continue;
    if (each !== undefined && content.length > each) {
      return tooLarge(`the result "${name}" is larger than ${each} bytes`);
    }
    const text = content.toString("utf8");
    bytes += messageBytes(name, text);
    if (each === undefined && bytes > maximumBytes) {
      return tooLarge(
        `the results are larger than ${maximumBytes} bytes together, at result "${name}"`,
      );
    }
    const value = type === "string" ? text : parseResult(text, type);
    if (value === undefined) {
      return failed({ kind: "invalid", what: `result "${name}" is no ${type} of strings in JSON` });
    }
    const keys = Object.keys(spec.properties ?? {});
    const missing = keys.filter((key) => typeof value !== "string" && !Object.hasOwn(value, key));
    if (missing.length > 0) {
      return failed({
        kind: "invalid",
        what: `result "${name}" lacks the keys ${missing.join(", ")}`,
      });
    }
    results.push({ name, type, value });
  }
  return ok(results.sort((a, b) => (a.name < b.name ? -1 : 1)));
}
