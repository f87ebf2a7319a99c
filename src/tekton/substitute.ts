import type { ParamValue } from "./types.ts";

/**
 * Values by dotted name without index or key: `params.version`, `tasks.build.results.digest`, `context.taskRun.name`. A
 * list that can be named as a whole only goes by `tasks.build.results.images[*]`.
 */
export type Variables = ReadonlyMap<string, ParamValue>;

interface Reference {
  readonly name: string;
  /** `*`, or a position; absent where the whole value is meant. */
  readonly index?: "*" | number;
}

const expression = /\$\(([^()$]+)\)/g;
const wholeExpression = /^\$\(([^()$]+)\)$/;
const segment = /^(?:\.([A-Za-z0-9_-]+)|\['([^'\]]+)'\]|\["([^"\]]+)"\])/;

function parseReference(text: string): Reference | undefined {
  const head = /^[A-Za-z]+/.exec(text)?.[0];
  if (head === undefined) return undefined;
  let name = head;
  let rest = text.slice(head.length);
  for (let match = segment.exec(rest); match !== null; match = segment.exec(rest)) {
    name += `.${match[1] ?? match[2] ?? match[3] ?? ""}`;
    rest = rest.slice(match[0].length);
  }
  if (rest === "") return { name };
  const index = /^\[(\*|\d{1,6})\]$/.exec(rest)?.[1];
  if (index === undefined) return undefined;
  return { name, index: index === "*" ? "*" : Number(index) };
}

function isList(value: ParamValue): value is readonly string[] {
  return Array.isArray(value);
}

function lookUp(name: string, variables: Variables): ParamValue | undefined {
  const value = variables.get(name);
  if (value !== undefined) return value;
  const dot = name.lastIndexOf(".");
  const owner = dot < 0 ? undefined : variables.get(name.slice(0, dot));
  if (owner === undefined || typeof owner === "string" || isList(owner)) return undefined;
  const key = name.slice(dot + 1);
  return Object.hasOwn(owner, key) ? owner[key] : undefined;
}

function resolve(text: string, variables: Variables): ParamValue | undefined {
  const reference = parseReference(text);
  if (reference === undefined) return undefined;
  const whole = reference.index === "*" ? variables.get(`${reference.name}[*]`) : undefined;
  const value = whole ?? lookUp(reference.name, variables);
  if (value === undefined || reference.index === undefined) return value;
  if (reference.index === "*") return typeof value === "string" ? undefined : value;
  return isList(value) ? value[reference.index] : undefined;
}

/**
 * Replaces the `$(…)` of a text in a single pass: a value that holds `$(…)` itself is never read again, and what is
 * unknown, or no string, stays as it is.
 */
export function substituteText(text: string, variables: Variables): string {
  return text.replace(expression, (whole, inner: string) => {
    const value = resolve(inner, variables);
    return typeof value === "string" ? value : whole;
  });
}

/** Like substituteText for each entry; an entry that is nothing but `$(list[*])` becomes the entries of that list. */
export function substituteList(list: readonly string[], variables: Variables): readonly string[] {
  return list.flatMap((entry) => {
    const inner = wholeExpression.exec(entry)?.[1];
    const value = inner?.endsWith("[*]") === true ? resolve(inner, variables) : undefined;
    return value !== undefined && isList(value) ? value : [substituteText(entry, variables)];
  });
}

/** Like substituteText for a param's value; a string that is nothing but `$(value[*])`, or `$(value)`, becomes that list or object. */
export function substituteValue(value: ParamValue, variables: Variables): ParamValue {
  if (typeof value === "string") {
    const inner = wholeExpression.exec(value)?.[1];
    const whole = inner === undefined ? undefined : resolve(inner, variables);
    return whole ?? substituteText(value, variables);
  }
  if (isList(value)) return substituteList(value, variables);
  return Object.fromEntries(
    Object.entries(value).map(([key, text]) => [key, substituteText(text, variables)]),
  );
}

/**
 * Kubernetes' own expansion of `$(NAME)` in command, args and env; `$$` is a plain dollar, unknown names stay.
 * https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
 */
export function expandEnvironment(
  text: string,
  environment: Readonly<Record<string, string>>,
): string {
  return text.replace(/\$\$|\$\(([A-Za-z_.-][\w.-]*)\)/g, (whole, name: string | undefined) => {
    if (name === undefined) return "$";
    return Object.hasOwn(environment, name) ? (environment[name] ?? whole) : whole;
  });
}
