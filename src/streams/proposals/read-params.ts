import { failed, ok, type Result } from "../../problem.ts";
import { quoted } from "../../quoted.ts";
import { parseYaml } from "../../yaml/parse-yaml.ts";
import type { SourceDocument } from "../../yaml/types.ts";

type Params = Readonly<Record<string, string>>;

/** Params as somebody writes them into a form: `NAME: VALUE` in each line, and every value the text that stands there. */
export function readParams(text: string): Result<Params> {
  if (text === "") return ok({});
  const { documents, problems } = parseYaml("params", text);
  const [problem] = problems;
  if (problem !== undefined)
    return failed({
      kind: "invalid",
      what: `line ${problem.range.line}: ${problem.message}`,
      next: problem.help,
    });
  const [document] = documents;
  const { value } = document ?? {};
  if (document === undefined || documents.length > 1 || !isMapping(value))
    return failed({ kind: "invalid", what: "these are no params.", next: oneALine });
  const params: [string, string][] = [];
  for (const [name, given] of Object.entries(value)) {
    if (typeof given === "object" && given !== null)
      return failed({
        kind: "invalid",
        what: `${quoted(name)} has a list or further names as its value.`,
        next: "A param of a stream is one text.",
      });
    params.push([name, typeof given === "string" ? given : writtenAt(document, text, name)]);
  }
  return ok(Object.fromEntries(params));
}

const oneALine = "Write NAME: VALUE, one a line.";

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** 4.20 is meant as it is written, and not as the number 4.2. */
function writtenAt(document: SourceDocument, text: string, name: string): string {
  const { line, column, endColumn } = document.rangeOf([name]);
  const key = document.rangeOf([name], "key");
  // Where there is no value, its place is the key's.
  if (line === key.line && column === key.column) return "";
  return (text.split("\n")[line - 1] ?? "").slice(column - 1, endColumn - 1);
}
