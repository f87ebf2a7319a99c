import { ProblemError } from "../../problem.ts";
import { quoted } from "../../quoted.ts";
import { suggestName } from "../../suggest-name.ts";
import type { Param, ParamSpec, ParamValue } from "../../tekton/types.ts";
import type { Run, SpecOfRun } from "./spec-of-run.ts";

/** Of one `--param NAME=VALUE`, its value as it was written. */
export interface WrittenParam {
  readonly name: string;
  readonly text: string;
}

function invalid(what: string, next: string): ProblemError {
  return new ProblemError({ kind: "invalid", what, where: "--param", next });
}

/** Collects one `--param`; throws a ProblemError where it has no name or no value. */
export function collectParam(
  written: string,
  before: readonly WrittenParam[],
): readonly WrittenParam[] {
  const equals = written.indexOf("=");
  if (equals > 0) {
    return [...before, { name: written.slice(0, equals), text: written.slice(equals + 1) }];
  }
  throw invalid(`${quoted(written)} is no param.`, "Write --param NAME=VALUE.");
}

function parseStructure(name: string, text: string, type: "array" | "object"): ParamValue {
  const next = `Write ${type === "array" ? `--param '${name}=["a","b"]'` : `--param '${name}={"key":"value"}'`}.`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid(`${name} is an ${type}, and ${quoted(text)} is no JSON.`, next);
  }
  const entries = typeof value === "object" && value !== null ? Object.entries(value) : undefined;
  if (entries === undefined || Array.isArray(value) !== (type === "array")) {
    throw invalid(`${name} is an ${type}, and ${quoted(text)} is none.`, next);
  }
  const texts = entries.map(([key, entry]: [string, unknown]): [string, string] => [
    key,
    typeof entry === "string" ? entry : JSON.stringify(entry),
  ]);
  return type === "array" ? texts.map(([, entry]) => entry) : Object.fromEntries(texts);
}

function valueOf({ name, text }: WrittenParam, spec: ParamSpec | undefined): ParamValue {
  const example = spec?.default;
  const type =
    spec?.type ??
    (spec?.properties !== undefined
      ? "object"
      : Array.isArray(example)
        ? "array"
        : typeof example === "object"
          ? "object"
          : "string");
  return type === "string" ? text : parseStructure(name, text, type);
}

/**
 * The run with params of the command line in the place of its own. They are read as the type that they are declared
 * with. Throws a ProblemError for a value of another type, and for a name that the run's pipeline does not declare and
 * that nothing else in it could use.
 */
export function withGivenParams<T extends Run>(
  run: T,
  written: readonly WrittenParam[],
  target: SpecOfRun | undefined,
): T {
  const specs = target?.spec.params ?? [];
  const own = run.spec.params ?? [];
  const given = written.map((param): Param => {
    const spec = specs.find(({ name }) => name === param.name);
    const known = spec !== undefined || own.some(({ name }) => name === param.name);
    if (!known && target?.embedded === false) {
      const names = specs.map(({ name }) => name);
      const what = `The ${run.kind === "PipelineRun" ? "pipeline" : "task"} declares no param ${quoted(param.name)}.`;
      throw invalid(what, suggestName(param.name, names, "param"));
    }
    return { name: param.name, value: valueOf(param, spec) };
  });
  const replaced = new Set(given.map(({ name }) => name));
  const kept = own.filter(({ name }) => !replaced.has(name));
  return { ...run, spec: { ...run.spec, params: [...kept, ...given] } };
}
