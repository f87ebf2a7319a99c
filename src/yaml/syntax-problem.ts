import type { ErrorCode, YAMLError } from "yaml";
import { syntaxHelp } from "./syntax-help.ts";
import { offsetRange } from "./text-places.ts";
import type { YamlProblem } from "./types.ts";

/** What people mostly did where the parser stumbled, in their words and at the place where they did it. */
interface Reading {
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly help: string;
}

/** Errors that say something of one value alone; behind any other the parser no longer knows where it is. */
const local: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "BAD_ALIAS",
  "BAD_DQ_ESCAPE",
  "BAD_SCALAR_START",
  "TAG_RESOLVE_FAILED",
]);

/** At most so many are told: one broken quote can cause thousands. */
const maximumProblems = 10;
/** A longer line was not written by hand. */
const longestLine = 500;

/** The errors of one document up to the first behind which the others would be consequences. */
export function syntaxProblems(text: string, errors: readonly YAMLError[]): YamlProblem[] {
  const unmerged = conflict(text);
  if (unmerged !== undefined) return [problemOf(text, unmerged)];
  const sorted = [...errors].sort((a, b) => a.pos[0] - b.pos[0]);
  const first = sorted.findIndex(({ code }) => !local.has(code));
  const told = first < 0 ? sorted : sorted.slice(0, first + 1);
  return told.slice(0, maximumProblems).map((error) => {
    const help = syntaxHelp(error.code);
    return problemOf(text, alias(text, error) ?? { help, ...ofCode(text, error) });
  });
}

function problemOf(text: string, { start, end, message, help }: Reading): YamlProblem {
  return {
    message: `No valid YAML: ${message}`,
    help,
    range: offsetRange(text, start, end),
  };
}

/** The markers that git leaves where two sides of a merge changed the same lines. */
function conflict(text: string): Reading | undefined {
  const marker = /^<{7} .*$/m.exec(text);
  if (marker === null || !/^>{7} /m.test(text)) return undefined;
  return {
    start: marker.index,
    end: marker.index + marker[0].trimEnd().length,
    message: "here begins a conflict of a merge that nobody resolved.",
    help: "Keep the lines of one side, or of both, and remove the markers.",
  };
}

/** A value such as a schedule that begins with a star. */
function alias(text: string, { code, pos: [at] }: YAMLError): Reading | undefined {
  if (code !== "UNEXPECTED_TOKEN" && code !== "BAD_ALIAS") return undefined;
  const [begin, end] = lineAround(text, at);
  if (end - begin > longestLine) return undefined;
  const [, before, value] =
    /^(\s*(?:- +)*(?:[^\s'"#:]+: +)?)(\*[^#]*\s[^#]*?)\s*(?:\s#.*)?$/.exec(
      text.slice(begin, end),
    ) ?? [];
  if (before === undefined || value === undefined) return undefined;
  const start = begin + before.length;
  return {
    start,
    end: start + value.length,
    message: "a star at the beginning of a value names an anchor.",
    help: `Put the value in quotes: ${JSON.stringify(value)}.`,
  };
}

function ofCode(
  text: string,
  { code, message, pos }: YAMLError,
): Omit<Reading, "help"> & Partial<Reading> {
  const [start, end] = pos;
  const lineEnd = endOfText(text, start);
  switch (code) {
    case "BAD_INDENT": {
      const [, kind] = /^Flow (sequence|map)/.exec(message) ?? [];
      if (kind !== undefined) return unclosed(text, start, kind === "map" ? "{" : "[");
      const first = start + text.slice(start, lineEnd).search(/\S|$/);
      return {
        start: first,
        end: Math.max(first, lineEnd),
        message: "this line is indented otherwise than those that it belongs to.",
      };
    }
    case "BLOCK_AS_IMPLICIT_KEY":
      return {
        start,
        end: Math.max(start, lineEnd),
        message: "a text without quotes can't hold a colon and a space.",
      };
    case "MULTILINE_IMPLICIT_KEY":
      return {
        start,
        end: Math.max(start, lineEnd),
        message: "this is neither a key with its colon nor the rest of a value.",
      };
    case "MISSING_CHAR": {
      const [, quote] = /^Missing closing (["'])/.exec(message) ?? [];
      if (quote === undefined) break;
      return unclosed(text, start, quote);
    }
    default:
  }
  return { start, end, message: message.endsWith(".") ? message : `${message}.` };
}

/** What was opened last before a place, up to the end of its line. */
function unclosed(text: string, before: number, opening: string): Reading {
  const start = Math.max(0, text.lastIndexOf(opening, before - 1));
  return {
    start,
    end: Math.max(start + 1, endOfText(text, start)),
    message: `the ${opening} is never closed.`,
    help: `Close it with ${{ "[": "]", "{": "}" }[opening] ?? opening} where the value ends.`,
  };
}

function lineAround(text: string, at: number): readonly [number, number] {
  const end = text.indexOf("\n", at);
  return [text.lastIndexOf("\n", at - 1) + 1, end < 0 ? text.length : end];
}

/** Where the text of a line ends, without the white space behind it. */
function endOfText(text: string, at: number): number {
  const [begin, end] = lineAround(text, at);
  return begin + text.slice(begin, end).trimEnd().length;
}
