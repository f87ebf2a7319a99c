import { quoted } from "../../quoted.ts";
import { nearestName, suggestName } from "../../suggest-name.ts";
import type { Param, ParamSpec } from "../types.ts";
import type { Variable } from "../variables.ts";

/** A param or a result as it is declared, as far as its use depends on it. */
export interface Declared extends Pick<ParamSpec, "name" | "default" | "properties"> {
  /** `any` where it is known only when it runs. */
  readonly type?: ParamSpec["type"] | "any";
}

/**
 * What a string may become: `value` a whole array or object too, where it is nothing but `$(…[*])`; `item` several
 * strings, in a list; `text` one string only.
 */
export type Room = "value" | "item" | "text";

/** A variable in its string, with its parts after the declared name. */
export interface Use {
  readonly variable: Variable;
  readonly rest: readonly string[];
  readonly room: Room;
}

export interface Misuse {
  readonly message: string;
  readonly help: string;
  /** The variable as it should be, where that is plain. */
  readonly meant?: string;
}

/** The type of a param or result, inferred where it is not written. */
export function declaredType({
  type,
  default: value,
  properties,
}: Declared): "string" | "array" | "object" | "any" {
  if (type !== undefined) return type;
  if (properties !== undefined) return "object";
  if (value === undefined || typeof value === "string") return "string";
  return Array.isArray(value) ? "array" : "object";
}

/** A given param as a declaration for what it is handed on to; a whole `$(…)` may bring any type. */
export function declaredByValue({ name, value }: Param): Declared {
  const isVariable = typeof value === "string" && /^\$\([^()]*\)$/.test(value);
  return isVariable ? { name, type: "any" } : { name, default: value };
}

/** Why a param or result can't be used as a variable uses it; undefined where it can. */
export function misuseOf(declared: Declared, use: Use): Misuse | undefined {
  const type = declaredType(declared);
  if (type === "any") return undefined;
  if (type === "object") return objectMisuse(declared, use);
  if (use.rest.length > 0) {
    return {
      message: `${quoted(use.variable.written)} names a key of ${quoted(declared.name)}, which is of type ${type}.`,
      help: 'Only objects have keys; a name that has dots itself is written ["…"].',
    };
  }
  return type === "array" ? arrayMisuse(declared, use) : stringMisuse(declared, use);
}

function stringMisuse({ name }: Declared, { variable }: Use): Misuse | undefined {
  if (variable.index === undefined) return undefined;
  const meant = withEnd(variable, "");
  return {
    message: `${quoted(variable.written)} takes ${quoted(name)} for an array; it is a string.`,
    help: `Write \`${meant}\`, or declare it with \`type: array\`.`,
    meant,
  };
}

function arrayMisuse({ name }: Declared, { variable, room }: Use): Misuse | undefined {
  const { written, index, isWholeText } = variable;
  if (typeof index === "number") return undefined;
  if (isWholeText && (room === "item" || (room === "value" && index === "*"))) return undefined;
  const message = `${quoted(written)} stands for the whole array ${quoted(name)}, where a string is needed.`;
  const one = withEnd(variable, "[0]");
  if (!isWholeText || room === "text") return { message, help: `Take one entry: \`${one}\`.` };
  const meant = withEnd(variable, "[*]");
  return { message, help: `Write \`${meant}\` for all of it, or \`${one}\` for one entry.`, meant };
}

function objectMisuse(declared: Declared, { variable, rest, room }: Use): Misuse | undefined {
  const { written, index, isWholeText } = variable;
  const keys = Object.keys(declared.properties ?? {});
  const [key] = rest;
  if (key !== undefined) {
    if (keys.length === 0 || keys.includes(key)) return undefined;
    const meant = nearestName(key, keys);
    return {
      message: `The object ${quoted(declared.name)} has no key ${quoted(key)}.`,
      help: suggestName(key, keys, "key"),
      ...(meant !== undefined && { meant: written.replace(`.${key})`, `.${meant})`) }),
    };
  }
  const mayBeWhole = isWholeText && room === "value";
  if (mayBeWhole && index === "*") return undefined;
  const one = withEnd(variable, `.${keys[0] ?? "KEY"}`);
  const message = `${quoted(written)} stands for the whole object ${quoted(declared.name)}, where a string is needed.`;
  if (!mayBeWhole) return { message, help: `Name a key: \`${one}\`.` };
  const meant = withEnd(variable, "[*]");
  return { message, help: `Write \`${meant}\` for all of it, or \`${one}\` for one key.`, meant };
}

/** The variable with another end than its index. */
function withEnd({ written }: Variable, end: string): string {
  return written.replace(/(\[(\*|\d+)\])?\)$/, `${end})`);
}
