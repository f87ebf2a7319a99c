/** A `$(…)` of Tekton inside a text, taken apart. */
export interface Variable {
  /** As it is written, with `$(` and `)`. */
  readonly written: string;
  /** `$(tasks.build["results"].digest[0])` has the parts tasks, build, results and digest. */
  readonly parts: readonly string[];
  /** `*` or a position, where one stands at the end. */
  readonly index?: "*" | number;
  /** True where the text holds nothing else. */
  readonly isWholeText: boolean;
}

const expression = /\$\(([^()$]+)\)/g;
const head = /^[A-Za-z_][A-Za-z0-9_-]*/;
const part = /^(?:\.([A-Za-z0-9_-]+)|\['([^'\]]+)'\]|\["([^"\]]+)"\])/;
const indexAtEnd = /^\[(\*|\d{1,9})\]$/;

/** Every `$(…)` in a text that has the form of a variable; `$(date +%s)` of a shell has not. */
export function variablesIn(text: string): readonly Variable[] {
  return [...text.matchAll(expression)].flatMap(([written, inner = ""]) => {
    const variable = parseVariable(inner);
    return variable === undefined
      ? []
      : [{ written, ...variable, isWholeText: written.length === text.length }];
  });
}

function parseVariable(inner: string): Pick<Variable, "parts" | "index"> | undefined {
  const first = head.exec(inner)?.[0];
  if (first === undefined) return undefined;
  const parts = [first];
  let rest = inner.slice(first.length);
  for (let match = part.exec(rest); match !== null; match = part.exec(rest)) {
    parts.push(match[1] ?? match[2] ?? match[3] ?? "");
    rest = rest.slice(match[0].length);
  }
  if (rest === "") return { parts };
  const index = indexAtEnd.exec(rest)?.[1];
  if (index === undefined) return undefined;
  return { parts, index: index === "*" ? "*" : Number(index) };
}
