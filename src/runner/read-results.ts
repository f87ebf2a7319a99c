import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import type { ParamValue, ResultSpec } from "../tekton/types.ts";
import { failed, ok, type Result } from "../problem.ts";
import type { RunResult } from "./types.ts";

/** What the results of one TaskRun may have in all, as the termination message of a container holds. */
const maximumBytes = 4096;

/** The bytes of a result file, undefined where there is none. A link is none: a step could point it anywhere. */
async function readPlainFile(path: string): Promise<Buffer | undefined> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(path, flags).catch(() => undefined);
  if (file === undefined) return undefined;
  try {
    const { size } = await file.stat();
    const isFile = (await file.stat()).isFile();
    if (!isFile) return undefined;
    const buffer = Buffer.alloc(Math.min(size, maximumBytes + 1));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === "string");
}

function isStringMap(value: unknown): value is Readonly<Record<string, string>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((entry) => typeof entry === "string");
}

function parseResult(text: string, type: "array" | "object"): ParamValue | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (type === "array") return isStrings(value) ? value : undefined;
    return isStringMap(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The declared results that the steps wrote into a directory, untrimmed; array and object results as the JSON that
 * stood there. A problem names the result that has another type, or says that they are too large together.
 */
export async function readResults(
  directory: string,
  specs: readonly ResultSpec[],
): Promise<Result<readonly RunResult[]>> {
  const results: RunResult[] = [];
  let bytes = 0;
  for (const { name, type = "string" } of specs) {
    const content = await readPlainFile(join(directory, name));
    if (content === undefined) continue;
    bytes += content.length;
    if (bytes > maximumBytes) {
      return failed({
        kind: "invalid",
        what: `the results are larger than ${maximumBytes} bytes together, at result "${name}"`,
        next: "Write large values to a workspace and only their names to results.",
      });
    }
    const text = content.toString("utf8");
    const value = type === "string" ? text : parseResult(text, type);
    if (value === undefined) {
      return failed({ kind: "invalid", what: `result "${name}" is no ${type} of strings in JSON` });
    }
    results.push({ name, type, value });
  }
  return ok(results);
}
