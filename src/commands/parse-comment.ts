import { grammar } from "./grammar.ts";
import { plainLines } from "./plain-lines.ts";
import type { ParsedCommand } from "./types.ts";

/** A slash and a word at the start of a line; four columns of indentation are how people paste code. */
const commandLine = /^ {0,3}\/(?<verb>[a-z][a-z-]*)(?:[ \t]+(?<words>.*))?$/i;

/**
 * The commands of a comment, one a line, in their order. Unknown verbs are left out; a known verb with words that it does
 * not take comes as a MistakenCommand. Never throws, whatever the comment holds.
 */
export function parseComment(body: string): ParsedCommand[] {
  return plainLines(body).flatMap(({ text, line }): ParsedCommand[] => {
    const match = commandLine.exec(text)?.groups;
    const rule = grammar.find(({ verb }) => verb === match?.["verb"]?.toLowerCase());
    if (rule === undefined) return [];
    const words = (match?.["words"] ?? "").replaceAll("\uFFFC", "").trim();
    const groups = rule.words.exec(words);
    if (groups !== null) return [{ ...rule.command(groups.groups ?? {}), line }];
    const error = {
      kind: "invalid" as const,
      what: `I do not understand the words after /${rule.verb}.`,
      next: `Write \`${rule.syntax}\` on a line of its own.`,
    };
    return [{ verb: rule.verb, error, line }];
  });
}
