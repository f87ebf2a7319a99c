import type { ErrorCode } from "yaml";

const helps: Partial<Record<ErrorCode, string>> = {
  TAB_AS_INDENT: "Indent with spaces; YAML allows no tabs there.",
  BAD_INDENT: "Give all keys of one mapping the same number of leading spaces.",
  MISSING_CHAR: "Close the bracket or the quote, and write a space after each colon.",
  MULTILINE_IMPLICIT_KEY:
    "Write `key: value` on one line; look for a missing colon or quote above.",
  BLOCK_AS_IMPLICIT_KEY:
    "Put the value in quotes, or the nested mapping on a line of its own, indented.",
  BAD_SCALAR_START: "Put the value in quotes.",
  BAD_DQ_ESCAPE: "In double quotes write `\\\\` for a backslash, or use single quotes.",
  BAD_ALIAS: "Define the anchor before the alias, or write the value out.",
  TAG_RESOLVE_FAILED: "Leave the tag out; plain strings, lists and mappings are all that is read.",
};

/** How to mend a syntax error, by the parser's code for it. */
export function syntaxHelp(code: ErrorCode): string {
  return (
    helps[code] ?? "Correct the YAML at this place; an editor with a YAML mode shows the same."
  );
}
